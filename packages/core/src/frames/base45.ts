// 45 characters that a QR code packs two to 11 bits: its "alphanumeric" mode, which every reader gives back as text.
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

/** Base45 (RFC 9285): three characters for two bytes, two for a last single one. */
export function toBase45(bytes: Uint8Array): string {
  let text = ""
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const n = (bytes[i] as number) * 256 + (bytes[i + 1] as number)
    text += digit(n % 45) + digit(Math.floor(n / 45) % 45) + digit(Math.floor(n / 2025))
  }
  if (bytes.length % 2 === 1) {
    const n = bytes[bytes.length - 1] as number
    text += digit(n % 45) + digit(Math.floor(n / 45))
  }
  return text
}

/**
 * Bytes of base45, or null where `text` is not the spelling of any bytes: a character, length or value that no encoder
 * writes.
 *
 * @param text - attacker-controlled; the caller bounds its length.
 */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  for (let i = 0, at = 0; i < text.length; i += 3) {
    const [a, b, c] = [valueAt(text, i), valueAt(text, i + 1), valueAt(text, i + 2)]
    const single = i + 2 >= text.length
    const n = a + b * 45 + (single ? 0 : c * 2025)
    if (a < 0 || b < 0 || (!single && c < 0) || n > (single ? 0xff : 0xffff)) return null
    if (!single) bytes[at++] = n >> 8
    bytes[at++] = n & 0xff
  }
  return bytes
}

function digit(value: number): string {
  return ALPHABET[value] as string
}

function valueAt(text: string, index: number): number {
  return index < text.length ? ALPHABET.indexOf(text[index] as string) : -1
}
