import { latinDigits } from "./when.ts"

/** Most that a claim may say. */
const MAX_COUNT = 10_000_000

/**
 * A number as people write it, in Latin, Persian or Arabic digits, with or without separators for thousands; null where it
 * is none, or more than a report can say.
 */
export function readCount(text: string): number | null {
  const plain = latinDigits(text).replace(/[\s\u00a0\u200c\u200e\u200f,٬،]/g, "")
  const count = /^\d{1,8}$/.test(plain) ? Number(plain) : Number.NaN
  return count <= MAX_COUNT ? count : null
}
