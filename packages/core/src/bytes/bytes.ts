import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"
import { base64, base64nopad, base64urlnopad } from "@scure/base"

/** Joins byte strings into one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Whether two byte strings are equal. The time depends on the lengths alone, so it may compare secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

const encoder = new TextEncoder()

/** UTF-8 bytes of `text`; lone surrogates become U+FFFD, as TextEncoder does. */
export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text of strict UTF-8, or null where the bytes are not UTF-8. A byte order mark is kept, not eaten. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Four bytes, big-endian, of an integer from 0 to 2^32 - 1. */
export function uint32Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** Bytes of lower-case hex, or null where `text` is anything else. */
export function fromHex(text: string): Uint8Array | null {
  return /^(?:[0-9a-f]{2})*$/.test(text) ? hexToBytes(text) : null
}

/** Unpadded base64url (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/** Bytes of unpadded base64url, or null where `text` is not the one canonical spelling of any bytes. */
export function fromBase64Url(text: string): Uint8Array | null {
  return decodeStrictly(text, base64urlnopad)
}

/** Padded standard base64 (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes)
}

/** Bytes of padded standard base64, or null where `text` is not the one canonical spelling of any bytes. */
export function fromBase64(text: string): Uint8Array | null {
  return decodeStrictly(text, base64)
}

/** Unpadded standard base64, the spelling of age headers. */
export function toBase64NoPad(bytes: Uint8Array): string {
  return base64nopad.encode(bytes)
}

/** Bytes of unpadded standard base64, or null where `text` is not the one canonical spelling of any bytes. */
export function fromBase64NoPad(text: string): Uint8Array | null {
  return decodeStrictly(text, base64nopad)
}

interface Base64Coder {
  encode(bytes: Uint8Array): string
  decode(text: string): Uint8Array
}

// A second spelling of the same bytes would let one object have two names: re-encode and compare.
function decodeStrictly(text: string, coder: Base64Coder): Uint8Array | null {
  let bytes: Uint8Array
  try {
    bytes = coder.decode(text)
  } catch {
    return null
  }
  return coder.encode(bytes) === text ? bytes : null
}
