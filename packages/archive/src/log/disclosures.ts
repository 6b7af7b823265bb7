import { canonicalJson, parseCanonicalJson, utf8Bytes } from "@govah/core/bytes"

/** The file beside the log that opens one entry: `{"disclosures":[…],"v":1}` and a newline. */
export function formatDisclosures(disclosures: readonly string[]): Uint8Array {
  return utf8Bytes(`${canonicalJson({ v: 1, disclosures })}\n`)
}

/** Reads such a file, or null where it is not one in its one spelling. */
export function parseDisclosures(received: Uint8Array): readonly string[] | null {
  if (received.at(-1) !== 0x0a) return null
  const value = parseCanonicalJson(received.subarray(0, -1))
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null
  const { v, disclosures, ...rest } = value as Record<string, unknown>
  if (v !== 1 || Object.keys(rest).length > 0 || !Array.isArray(disclosures)) return null
  return disclosures.every((text): text is string => typeof text === "string") ? disclosures : null
}
