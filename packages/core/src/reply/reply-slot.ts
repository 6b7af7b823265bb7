import { concatBytes, equalBytes, utf8Bytes, utf8Text } from "../bytes/index.ts"
import { REPLY_SLOT_BYTES } from "../feed/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { ReplyError } from "./reply-error.ts"
import { REPLY_TAG_BYTES, replyKey, replyTag } from "./reply-chain.ts"

const TAG_BYTES = 16
const LENGTH_BYTES = 2
const PLAIN_BYTES = REPLY_SLOT_BYTES - REPLY_TAG_BYTES - TAG_BYTES

/** Most bytes of one reply's words, in UTF-8: some 490 letters of Persian. */
export const MAX_REPLY_BYTES: number = PLAIN_BYTES - LENGTH_BYTES

// Each key seals one slot, so no two plaintexts ever meet under a key and this nonce.
const NONCE = new Uint8Array(12)

/**
 * Seals one reply: a tag, then ChaCha20-Poly1305 of its length, its words and zeros. To whoever has not the chain it is
 * 1,024 random bytes.
 *
 * @param chain - the caller moves it on before it is used again: a second reply under it would give both away.
 * @throws ReplyError `too-long`, `malformed` (nothing, half a character, or a control character other than a line feed).
 */
export async function sealReply(
  chain: Uint8Array,
  words: string,
  primitives: Pick<Primitives, "aeadSeal">,
): Promise<Uint8Array> {
  const text = utf8Bytes(words)
  if (text.length > MAX_REPLY_BYTES) {
    throw new ReplyError("too-long", `a reply has at most ${MAX_REPLY_BYTES} bytes, this one ${text.length}`)
  }
  if (!isPlain(words) || utf8Text(text) !== words)
    throw new ReplyError("malformed", "a reply is words, and not nothing")
  const plain = new Uint8Array(PLAIN_BYTES)
  plain.set([text.length >> 8, text.length & 255])
  plain.set(text, LENGTH_BYTES)
  return concatBytes(replyTag(chain), await primitives.aeadSeal(replyKey(chain), NONCE, plain))
}

/**
 * The words of a slot, or null where it is not the next of this chain.
 *
 * @param received - attacker-controlled.
 * @throws ReplyError `tampered` for a slot that has the tag and does not open; `malformed` for one that opens and is not
 * as above.
 */
export async function openReply(
  chain: Uint8Array,
  received: Uint8Array,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<string | null> {
  if (received.length !== REPLY_SLOT_BYTES) return null
  if (!equalBytes(received.subarray(0, REPLY_TAG_BYTES), replyTag(chain))) return null
  const plain = await primitives.aeadOpen(replyKey(chain), NONCE, received.subarray(REPLY_TAG_BYTES))
  if (plain === null) throw new ReplyError("tampered", "a reply was changed, and cannot be read")
  const length = (plain[0] as number) * 256 + (plain[1] as number)
  const words =
    length > MAX_REPLY_BYTES ? null : utf8Text(plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
  const padded = plain.subarray(LENGTH_BYTES + length).every((byte) => byte === 0)
  if (words === null || !padded || !isPlain(words)) throw new ReplyError("malformed", "a reply is not words")
  return words
}

// What is shown in a terminal must not move its cursor.
function isPlain(words: string): boolean {
  return words.length > 0 && !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(words)
}
