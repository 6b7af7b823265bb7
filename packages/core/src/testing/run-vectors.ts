import { readFileSync } from "node:fs"
import { nodePrimitives } from "@govah/node"
import { describe, expect, test } from "vitest"
import { fromHex } from "../bytes/index.ts"
import { noblePrimitives, type Primitives } from "../primitives/index.ts"

const implementations: readonly (readonly [string, Primitives])[] = [
  ["noble", noblePrimitives((byteLength) => nodePrimitives.random(byteLength))],
  ["node", nodePrimitives],
]

/** Runs every case of a vector file: `read` returns where it accepts, and throws what has a `code` where it does not. */
export function runVectors<Case, File = object>(
  name: string,
  read: (c: Case, file: File, primitives: Primitives) => void | Promise<void>,
): void {
  const url = new URL(`../../../../vectors/${name}.json`, import.meta.url)
  const file = JSON.parse(readFileSync(url, "utf8")) as File & {
    readonly cases: readonly (Case & { readonly name: string; readonly expect: string })[]
  }
  describe.each(implementations)(`${name} vectors on %s`, (_, primitives) => {
    test.each(file.cases)("$name", async (c) => {
      expect(await outcome(async () => await read(c, file, primitives))).toBe(c.expect)
    })
  })
  test(`${name}: more is refused than accepted`, () => {
    const accepts = file.cases.filter(({ expect }) => expect === "accept").length
    // Nothing can be wrong with a bundle: it has no refusals.
    if (name !== "bundle") expect(file.cases.length - accepts).toBeGreaterThan(accepts)
    expect(new Set(file.cases.map((c) => c.name)).size).toBe(file.cases.length)
  })
}

/** What a reader said of one input. */
export async function outcome(act: () => Promise<void>): Promise<string> {
  try {
    await act()
    return "accept"
  } catch (error) {
    const { code } = error as { code?: string }
    if (typeof code !== "string") throw error
    return `reject:${code}`
  }
}

/** What a reader that answers with null, false or a set refuses. */
export function refuseUnless(ok: boolean, code: string): asserts ok {
  if (!ok) throw Object.assign(new Error(code), { code })
}

/** Bytes of hex that we wrote ourselves. */
export function hex(text: string): Uint8Array {
  return fromHex(text) as Uint8Array
}
