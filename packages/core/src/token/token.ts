import { concatBytes, fromBase64Url, toBase64Url, toHex, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"

/** Bytes of a token: RFC 9578 section 6, type 2. */
export const TOKEN_BYTES = 354

/** Bytes of what a desk has signed blindly, and of the signature: RSA with 2048 bits. */
export const BLINDED_BYTES = 256

/** A token that pays for one post. Nothing in it says who was given it. */
export interface Token {
  /** 32 random bytes of its maker. */
  readonly nonce: Uint8Array
  /** SHA-256 of the challenge, which names the relay (`tokenChallenge`). */
  readonly challenge: Uint8Array
  /** SHA-256 of the relay's token key. */
  readonly key: Uint8Array
  /** RSASSA-PSS over all before it, {@link BLINDED_BYTES}. */
  readonly signature: Uint8Array
}

const TYPE = Uint8Array.of(0, 2)

/** What is signed: RFC 9578 section 6.3, `token_input`. */
export function tokenInput({ nonce, challenge, key }: Omit<Token, "signature">): Uint8Array {
  return concatBytes(TYPE, nonce, challenge, key)
}

/**
 * SHA-256 of the challenge of every token of a relay (RFC 9577 section 2.1): its issuer is the relay's name in hex; no
 * redemption context and no origin, which could tell tokens apart.
 *
 * @param relay - the relay's name, 16 bytes (`core/work`).
 */
export async function tokenChallenge(
  relay: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
): Promise<Uint8Array> {
  const issuer = utf8Bytes(toHex(relay))
  return await primitives.sha256(
    concatBytes(TYPE, Uint8Array.of(0, issuer.length), issuer, Uint8Array.of(0, 0, 0)),
  )
}

/** A token as it is handed on and as `Govah-Token` has it: canonical base64url, 472 characters. */
export function formatToken(token: Token): string {
  return toBase64Url(concatBytes(tokenInput(token), token.signature))
}

/** Reads a token, or null for anything else. Says nothing of its signature. @param received - attacker-controlled. */
export function parseToken(received: string): Token | null {
  if (received.length !== Math.ceil((TOKEN_BYTES * 4) / 3)) return null
  const bytes = fromBase64Url(received)
  if (bytes?.length !== TOKEN_BYTES || bytes[0] !== TYPE[0] || bytes[1] !== TYPE[1]) return null
  return {
    nonce: bytes.subarray(2, 34),
    challenge: bytes.subarray(34, 66),
    key: bytes.subarray(66, 98),
    signature: bytes.subarray(98),
  }
}
