import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
} from "node:crypto"

/** A kept parcel as it lies on a phone, and what its desk alone knows of it: a key that opens it shows by that. */
export interface KeptParcel {
  /** The root cell: an age file. */
  readonly root: Buffer
  /** All other cells, in any order. */
  readonly bodies: readonly Buffer[]
  /** With what its attachment begins, at least 8 bytes. */
  readonly begins: Buffer
  /** Public X25519 halves of the desk's intake keys, 32 B each. */
  readonly recipients: readonly Buffer[]
}

/** Every 16 and every 32 bytes that stand in a row in what is stored, as they are and read as hexadecimal and base64. */
export function windowsIn(stored: readonly Buffer[]): { readonly of16: Buffer[]; readonly of32: Buffer[] } {
  const seen = new Set<string>()
  const found = { of16: [] as Buffer[], of32: [] as Buffer[] }
  for (const bytes of stored.flatMap((one) => [one, ...decoded(one)])) {
    for (const [length, into] of [
      [16, found.of16],
      [32, found.of32],
    ] as const) {
      for (let at = 0; at + length <= bytes.length; at++) {
        const window = bytes.subarray(at, at + length)
        // Padding of one byte all over is no key.
        if (window.every((byte) => byte === window[0])) continue
        const name = window.toString("latin1")
        if (seen.has(name)) continue
        seen.add(name)
        into.push(window)
      }
    }
  }
  return found
}

function* decoded(bytes: Buffer): Generator<Buffer> {
  const text = bytes.toString("latin1")
  for (const [run] of text.matchAll(/[0-9A-Fa-f]{32,}/g))
    for (const phase of [0, 1]) yield Buffer.from(run.slice(phase), "hex")
  for (const [run] of text.matchAll(/[\w+/-]{22,}/g))
    for (const phase of [0, 1, 2, 3]) yield Buffer.from(run.slice(phase), "base64url")
}

/** Tries everything that is stored as every key that there is. @returns what opened, as words; nothing is what must come out. */
export function tryKeys(parcel: KeptParcel, stored: readonly Buffer[]): readonly string[] {
  const { of16, of32 } = windowsIn(stored)
  const opened: string[] = []
  for (const key of of16) {
    if (isFileKeyOfRoot(key, parcel.root)) opened.push("file key of the root")
    if (opensBody(key, parcel)) opened.push("file key of an attachment")
  }
  for (const key of of32) {
    if (isIdentity(key, parcel.recipients)) opened.push("intake identity")
    if (opensBody(sliceKey(key), parcel)) opened.push("recording key")
  }
  return opened
}

/** How many keys {@link tryKeys} tries. */
export function keysIn(stored: readonly Buffer[]): number {
  const { of16, of32 } = windowsIn(stored)
  return of16.length + of32.length
}

const NOTHING = Buffer.alloc(0)

/** By the age specification, the header's last line says which file key it was made with. */
function isFileKeyOfRoot(key: Buffer, root: Buffer): boolean {
  const end = root.indexOf("\n--- ") + 4
  const said = root.subarray(end + 1, root.indexOf("\n", end)).toString()
  return headerMac(key, root.subarray(0, end)) === said
}

/** @param header - to and with `---`. */
export function headerMac(fileKey: Buffer, header: Buffer): string {
  const macKey = Buffer.from(hkdfSync("sha256", fileKey, NOTHING, "header", 32))
  return createHmac("sha256", macKey).update(header).digest("base64").replaceAll("=", "")
}

/** `spec/payload.md`: the file key of slice 0. */
function sliceKey(recordingKey: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", recordingKey, NOTHING, "govah slice v1 0", 16))
}

/** Whether under this file key some cell begins as the attachment does. */
function opensBody(fileKey: Buffer, { bodies, begins }: KeptParcel): boolean {
  return bodies.some((cell) => {
    const key = Buffer.from(hkdfSync("sha256", fileKey, cell.subarray(0, 16), "payload", 32))
    // Block 1 of the first chunk; it is the last one where the attachment is short.
    return [0, 1].some((isLast) => {
      const iv = Buffer.alloc(16)
      iv.writeUInt32LE(1, 0)
      iv[15] = isLast
      const plain = createDecipheriv("chacha20", key, iv).update(cell.subarray(16, 16 + begins.length))
      return plain.equals(begins)
    })
  })
}

const X25519_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex")

/** Whether it is the secret of an intake key: of X25519 alone, or the seed of a hybrid one, which gives the X25519 half last. */
function isIdentity(seed: Buffer, recipients: readonly Buffer[]): boolean {
  const expanded = createHash("shake256", { outputLength: 96 }).update(seed).digest()
  return [seed, expanded.subarray(64)].some((secret) => {
    const key = createPrivateKey({
      key: Buffer.concat([X25519_PREFIX, secret]),
      format: "der",
      type: "pkcs8",
    })
    const half = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)
    return recipients.some((recipient) => recipient.equals(half))
  })
}
