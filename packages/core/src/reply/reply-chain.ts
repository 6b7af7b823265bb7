import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8Bytes } from "../bytes/index.ts"

/** Bytes of a chain key. */
export const CHAIN_BYTES = 32
/** Bytes by which a phone finds its slot. */
export const REPLY_TAG_BYTES = 16

/** The chain of a parcel's replies, before the first. @param secret - `reply` of the sealed root, 32 B; dropped after this. */
export function startChain(secret: Uint8Array): Uint8Array {
  return derive(secret, "start", CHAIN_BYTES)
}

/** The chain after one reply. The one before cannot be found from it: whoever drops it can no longer read that reply. */
export function nextChain(chain: Uint8Array): Uint8Array {
  return derive(chain, "next", CHAIN_BYTES)
}

/** What the slot of the chain's next reply begins with. */
export function replyTag(chain: Uint8Array): Uint8Array {
  return derive(chain, "tag", REPLY_TAG_BYTES)
}

/** The key of the chain's next reply: it seals one slot. */
export function replyKey(chain: Uint8Array): Uint8Array {
  return derive(chain, "key", 32)
}

function derive(from: Uint8Array, what: string, length: number): Uint8Array {
  return hkdf(sha256, from, undefined, utf8Bytes(`govah reply v1 ${what}`), length)
}
