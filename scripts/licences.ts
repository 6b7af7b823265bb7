// Whose licences may be part of a program under AGPL-3.0-or-later. Source: the FSF's list of GPL-compatible licences.
const COMPATIBLE: ReadonlySet<string> = new Set([
  "0BSD",
  "AGPL-3.0-or-later",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "GPL-3.0-or-later",
  "ISC",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
  "Unlicense",
  "Zlib",
])

/**
 * Whether a licence expression (SPDX: names, AND, OR, brackets) allows its work to be part of Govah.
 *
 * One side of an OR is enough; both sides of an AND are needed. What cannot be read is not allowed.
 */
export function compatible(expression: string | undefined): boolean {
  const tokens = expression?.match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const either = (): boolean => {
    let held = both()
    while (tokens[at] === "OR") {
      at++
      // Not `held || both()`: the right side must be read even where the left one is enough.
      const right = both()
      held = held || right
    }
    return held
  }
  const both = (): boolean => {
    let held = one()
    while (tokens[at] === "AND") {
      at++
      const right = one()
      held = held && right
    }
    return held
  }
  const one = (): boolean => {
    const token = tokens[at++]
    if (token !== "(") return token !== undefined && COMPATIBLE.has(token)
    const held = either()
    return tokens[at++] === ")" && held
  }
  return either() && at === tokens.length
}
