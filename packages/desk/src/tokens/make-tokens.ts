import { webcrypto } from "node:crypto"
import { RSABSSA } from "@cloudflare/blindrsa-ts"
import { concatBytes, equalBytes, toBase64Url } from "@govah/core/bytes"
import { BLINDED_BYTES, parseTokenKey, type Token, tokenChallenge, tokenInput } from "@govah/core/token"
import type { Price } from "@govah/core/work"
import type { Primitives } from "@govah/core/primitives"
import { DeskError } from "../desk-error.ts"

/** What a batch of tokens needs of its relay. */
export interface TokenIssuer {
  price(): Promise<Price>
  key(): Promise<Uint8Array>
  /** Sends the key's name and the blinded messages, and answers with as many signatures. */
  sign(request: Uint8Array, count: number): Promise<Uint8Array>
}

/** Most tokens that are asked for at once. */
const BATCH = 64

const suite = RSABSSA.SHA384.PSS.Deterministic()

/**
 * Has tokens signed, blinded: the relay learns how many a desk was given, and can tell none of them when it comes.
 *
 * The key must be the one that the relay's price names to everybody. A key for this desk alone would tell its tokens
 * from those of others, so one that the price does not name is refused; and whoever spends a token compares again.
 *
 * @throws DeskError `relay-failed`.
 */
export async function makeTokens(
  issuer: TokenIssuer,
  count: number,
  primitives: Primitives,
): Promise<readonly Token[]> {
  // The key first: a relay makes one when it is asked, and its price names it from then on.
  const bytes = await issuer.key()
  const price = await issuer.price()
  const modulus = parseTokenKey(bytes)
  const id = await primitives.sha256(bytes)
  const named = price.tokenKeys[0]
  if (modulus === null || named === undefined || !equalBytes(named, id)) {
    throw new DeskError(
      "relay-failed",
      "it shows this desk another token key than it names to everybody; no token was asked for",
    )
  }
  const key = await publicKey(modulus)
  const challenge = await tokenChallenge(price.relay, primitives)
  const tokens: Token[] = []
  while (tokens.length < count) {
    tokens.push(
      ...(await makeBatch(
        issuer,
        { id, key, challenge },
        Math.min(BATCH, count - tokens.length),
        primitives,
      )),
    )
  }
  return shuffled(tokens, primitives)
}

interface Issuing {
  readonly id: Uint8Array
  readonly key: webcrypto.CryptoKey
  readonly challenge: Uint8Array
}

async function makeBatch(
  issuer: TokenIssuer,
  { id, key, challenge }: Issuing,
  count: number,
  primitives: Primitives,
): Promise<Token[]> {
  const asked = []
  for (let i = 0; i < count; i++) {
    const unsigned = { nonce: primitives.random(32), challenge, key: id }
    const input = suite.prepare(tokenInput(unsigned))
    asked.push({ unsigned, input, ...(await suite.blind(key, input)) })
  }
  const answer = await issuer.sign(concatBytes(id, ...asked.map(({ blindedMsg }) => blindedMsg)), count)
  const tokens: Token[] = []
  for (const [i, { unsigned, input, inv }] of asked.entries()) {
    const blindSignature = answer.slice(i * BLINDED_BYTES, (i + 1) * BLINDED_BYTES)
    // It verifies the signature: a relay that signs with another key is found here.
    const signature = await suite.finalize(key, input, blindSignature, inv).catch(badSignature)
    tokens.push({ ...unsigned, signature })
  }
  return tokens
}

function badSignature(cause: unknown): never {
  throw new DeskError("relay-failed", "its signatures are not those of its token key; no token was made", {
    cause,
  })
}

function publicKey(modulus: Uint8Array): Promise<webcrypto.CryptoKey> {
  const jwk = { kty: "RSA", n: toBase64Url(modulus), e: "AQAB", alg: "PS384", ext: true }
  return webcrypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"])
}

// In the order in which they were asked for, they would say who asked for them.
function shuffled<T>(items: T[], { random }: Pick<Primitives, "random">): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Number(Buffer.from(random(8)).readBigUInt64LE() % BigInt(i + 1))
    ;[items[i], items[j]] = [items[j] as T, items[i] as T]
  }
  return items
}
