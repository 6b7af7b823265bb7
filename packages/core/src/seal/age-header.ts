import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { Encrypter, Stanza } from "age-encryption"
import { equalBytes, toBase64NoPad } from "../bytes/index.ts"
import { chunkNonce, FILE_KEY_BYTES, NONCE_BYTES, payloadKey, TAG_BYTES } from "../parcel/index.ts"
import { SealError } from "./seal-error.ts"

/** A finished age header and the file key that its recipients can recover. */
export interface AgeHeader {
  readonly bytes: Uint8Array
  /** 16 bytes, secret. */
  readonly fileKey: Uint8Array
}

/** Whether X25519 recipients are allowed. They do not resist a quantum computer, so only an explicit wish opens this. */
export interface RecipientRules {
  readonly interopX25519: boolean
}

/**
 * Makes an age header by the age library's public interface: a recipient of ours looks at the file key, and an empty
 * payload is cut off.
 *
 * @param recipients - `age1pq1…`, or with `interopX25519` `age1…`; at least one, all of one kind.
 * @param forgetCommitment - 32 B for a root, which then stands first in the header as a `forget` stanza; else null.
 * @throws SealError `bad-recipient`, `mixed-recipients`.
 */
export async function makeAgeHeader(
  recipients: readonly string[],
  forgetCommitment: Uint8Array | null,
  rules: RecipientRules,
): Promise<AgeHeader> {
  const commitment =
    forgetCommitment === null
      ? []
      : [new Stanza(["forget", toBase64NoPad(forgetCommitment)], new Uint8Array(0))]
  return await runEncrypter(recipients, rules, () => commitment)
}

/**
 * Makes an age header that gives *this* file key to the recipients: in front of a payload under that key, it makes a
 * standard age file of it, and the payload is not touched.
 *
 * The library draws a file key of its own and shows it to each recipient in turn, as the one array that it goes on with;
 * a recipient of ours, which comes first, writes the given key over it. Whether it did go on with it is checked.
 *
 * @param fileKey - 16 B.
 * @throws SealError `bad-recipient`, `mixed-recipients`.
 */
export async function makeAgeHeaderFor(
  recipients: readonly string[],
  fileKey: Uint8Array,
  rules: RecipientRules,
): Promise<Uint8Array> {
  if (fileKey.length !== FILE_KEY_BYTES) throw new RangeError(`a file key has ${FILE_KEY_BYTES} bytes`)
  const made = await runEncrypter(recipients, rules, (drawn) => {
    drawn.set(fileKey)
    return []
  })
  if (!equalBytes(made.fileKey, fileKey)) throw new TypeError("the age library kept a file key of its own")
  return made.bytes
}

/** @param first - sees the file key before all recipients. The key that comes back is the one that sealed the payload. */
async function runEncrypter(
  recipients: readonly string[],
  rules: RecipientRules,
  first: (fileKey: Uint8Array) => Stanza[],
): Promise<AgeHeader> {
  checkRecipients(recipients, rules)
  const encrypter = new Encrypter()
  encrypter.addRecipient({ wrapFileKey: first })
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new SealError("bad-recipient", "the recipient is damaged: one of its characters is wrong", {
        cause,
      })
    }
  }
  let fileKey: Uint8Array | null = null
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = key.slice()
      return []
    },
  })
  const file = await encrypter.encrypt(new Uint8Array(0))
  const headerBytes = file.length - NONCE_BYTES - TAG_BYTES
  if (fileKey === null || !opensEmpty(fileKey, file.subarray(headerBytes))) {
    throw new TypeError("the age library sealed with another file key than it showed")
  }
  return { bytes: file.slice(0, headerBytes), fileKey }
}

function opensEmpty(fileKey: Uint8Array, payload: Uint8Array): boolean {
  const key = payloadKey(fileKey, payload.subarray(0, NONCE_BYTES))
  const tag = chacha20poly1305(key, chunkNonce(0, true)).encrypt(new Uint8Array(0))
  return equalBytes(tag, payload.subarray(NONCE_BYTES))
}

function checkRecipients(recipients: readonly string[], rules: RecipientRules): void {
  if (recipients.length === 0) throw new SealError("bad-recipient", "there is no recipient to seal to")
  const hybrid = recipients.filter((recipient) => recipient.startsWith("age1pq1")).length
  if (hybrid === recipients.length) return
  // A header for both kinds is only as strong as the weaker.
  if (hybrid > 0) throw new SealError("mixed-recipients", "post-quantum and X25519 recipients do not mix")
  if (!rules.interopX25519) {
    throw new SealError("bad-recipient", "the recipient is not a post-quantum one (age1pq1…)")
  }
}
