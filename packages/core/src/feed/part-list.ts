import { concatBytes, fromBase64Url, fromHex, toBase64Url, toHex, uint32Bytes } from "../bytes/index.ts"

/** A part as a head lists it: fetched by its hash, the same bytes for all. */
export interface ListedPart {
  /** SHA-256 of the part, 64 hex digits. */
  readonly sha256: string
  /** Its length. */
  readonly bytes: number
}

/** Hash and length of one part. */
const ENTRY_BYTES = 36

/** Parts as a head writes them: 32 bytes of hash and 4 of length each, joined, base64url. */
export function formatPartList(parts: readonly ListedPart[]): string {
  return toBase64Url(
    concatBytes(
      ...parts.map(({ sha256, bytes }) => concatBytes(fromHex(sha256) as Uint8Array, uint32Bytes(bytes))),
    ),
  )
}

/** The parts in a list, or null where it is not whole entries in canonical base64url. */
export function parsePartList(text: string): readonly ListedPart[] | null {
  const bytes = fromBase64Url(text)
  if (bytes === null || bytes.length % ENTRY_BYTES !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) => ({
    sha256: toHex(bytes.subarray(i * ENTRY_BYTES, i * ENTRY_BYTES + 32)),
    bytes: view.getUint32(i * ENTRY_BYTES + 32),
  }))
}
