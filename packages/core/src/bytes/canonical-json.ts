import { utf8Bytes, utf8Text } from "./bytes.ts"

/** A JSON value as our formats use it: numbers are integers, and there is no `undefined`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Deepest nesting that {@link parseCanonicalJson} accepts; without it, hostile input could overflow the stack. */
export const MAX_JSON_DEPTH = 24

/**
 * The one spelling of a JSON value: member names sorted by UTF-16 code unit, no white space, integers only.
 *
 * A subset of the JSON Canonicalization Scheme (RFC 8785): floats are left out because nothing of ours needs them.
 *
 * @throws TypeError where the value holds a number that is not a safe integer, or a lone surrogate: the caller's bug.
 */
export function canonicalJson(value: Json): string {
  return write(value)
}

/** {@link canonicalJson} as UTF-8. */
export function canonicalJsonBytes(value: Json): Uint8Array {
  return utf8Bytes(write(value))
}

/**
 * Reads canonical JSON, or returns null for anything else: bad UTF-8, white space, duplicate or unsorted names,
 * floats, other escapes, nesting beyond {@link MAX_JSON_DEPTH}.
 *
 * The engine's own parser does the reading; writing the result again and comparing refuses every second spelling.
 *
 * @param received - bytes or text under an attacker's control; the caller bounds the length.
 */
export function parseCanonicalJson(received: Uint8Array | string): Json | null {
  const text = typeof received === "string" ? received : utf8Text(received)
  if (text === null || tooDeep(text)) return null
  try {
    const value = JSON.parse(text) as Json
    return write(value) === text ? value : null
  } catch {
    return null
  }
}

function write(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new TypeError("only safe integers are canonical")
    return String(value)
  }
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("a lone surrogate has no canonical form")
    return JSON.stringify(value)
  }
  if (isArray(value)) return `[${value.map(write).join(",")}]`
  const members = Object.keys(value)
    .sort()
    .map((name) => `${write(name)}:${write(value[name] as Json)}`)
  return `{${members.join(",")}}`
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

// Counts brackets outside strings, so that the depth is known before the recursive parser sees the text.
function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === "\\") i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === "{" || c === "[") {
      if (++depth > MAX_JSON_DEPTH) return true
    } else if (c === "}" || c === "]") depth--
  }
  return false
}
