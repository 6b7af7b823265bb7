import { Decrypter, type Stanza } from "age-encryption"
import { MAX_HEADER_BYTES } from "../parcel/index.ts"
import { OpenError } from "./open-error.ts"

/** The file key of an age file and where its header ends. */
export interface AgeFileKey {
  /** 16 bytes, secret. */
  readonly fileKey: Uint8Array
  readonly headerBytes: number
}

/**
 * Recovers the file key of a root's age header.
 *
 * @param file - the age file, attacker-controlled; only its first {@link MAX_HEADER_BYTES} are read.
 * @param identities - `AGE-SECRET-KEY-PQ-1…`, or `AGE-SECRET-KEY-1…` for interoperation.
 * @returns null where none of the identities fits, or where it is no age file at all: not ours.
 * @throws OpenError `tampered` (ours, but the header was changed), `mixed-recipients`.
 */
export async function ageFileKey(
  file: Uint8Array,
  identities: readonly string[],
): Promise<AgeFileKey | null> {
  const headerBytes = headerLength(file)
  if (headerBytes === null) return null
  const kinds = new Set<string>()
  const decrypter = new Decrypter()
  decrypter.addIdentity({
    unwrapFileKey: (stanzas: Stanza[]) => {
      for (const stanza of stanzas) kinds.add(stanza.args[0] ?? "")
      return null
    },
  })
  for (const identity of identities) decrypter.addIdentity(identity)
  let fileKey: Uint8Array
  try {
    fileKey = await decrypter.decryptHeader(file.slice(0, headerBytes))
  } catch (cause) {
    if (cause instanceof Error && cause.message === "invalid header HMAC") {
      throw new OpenError("tampered", "the header was changed on the way", { cause })
    }
    return null
  }
  kinds.delete("forget")
  // A header that also names a weaker recipient kind is only as strong as that one.
  if (kinds.size !== 1)
    throw new OpenError("mixed-recipients", `the header mixes ${kinds.size} kinds of recipients`)
  return { fileKey, headerBytes }
}

// The header ends with a line that begins with "---" and holds the MAC.
function headerLength(file: Uint8Array): number | null {
  const end = Math.min(file.length, MAX_HEADER_BYTES)
  for (let i = 0; i + 4 < end; i++) {
    if (file[i] === 0x0a && file[i + 1] === 0x2d && file[i + 2] === 0x2d && file[i + 3] === 0x2d) {
      const newline = file.indexOf(0x0a, i + 1)
      return newline >= 0 && newline < end ? newline + 1 : null
    }
  }
  return null
}
