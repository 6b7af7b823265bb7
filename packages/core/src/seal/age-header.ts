import { Encrypter, Stanza } from "age-encryption"
import { toBase64NoPad } from "../bytes/index.ts"
import { NONCE_BYTES, TAG_BYTES } from "../parcel/index.ts"
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
  checkRecipients(recipients, rules)
  const encrypter = new Encrypter()
  const seen: Uint8Array[] = []
  encrypter.addRecipient({
    wrapFileKey: (fileKey) => {
      seen.push(fileKey.slice())
      if (forgetCommitment === null) return []
      return [new Stanza(["forget", toBase64NoPad(forgetCommitment)], new Uint8Array(0))]
    },
  })
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new SealError("bad-recipient", "the recipient is damaged: one of its characters is wrong", {
        cause,
      })
    }
  }
  const file = await encrypter.encrypt(new Uint8Array(0))
  const fileKey = seen[0]
  if (fileKey === undefined) throw new TypeError("the age library did not ask for the recipients")
  return { bytes: file.slice(0, file.length - NONCE_BYTES - TAG_BYTES), fileKey }
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
