import { concatBytes } from "@govah/core/bytes"
import { parseTokenKey, type Token, tokenChallenge, tokenInput } from "@govah/core/token"
import { parsePrice } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"
import { expect } from "vitest"
import type { Relay } from "../relay.ts"
import { type Blinding, blind, unblind } from "./blinding.ts"

const OCTETS = { "Content-Type": "application/octet-stream" }

interface Issuer {
  readonly modulus: Uint8Array
  readonly id: Uint8Array
  readonly challenge: Uint8Array
}

export async function issuerOf(relay: Pick<Relay, "url">): Promise<Issuer> {
  const key = new Uint8Array(await (await fetch(`${relay.url}/token-key`)).arrayBuffer())
  const price = parsePrice(new Uint8Array(await (await fetch(`${relay.url}/price`)).arrayBuffer()))
  const id = (await p.sha256(key)) as Uint8Array
  expect(price.tokenKeys[0]).toEqual(id)
  return { modulus: parseTokenKey(key) as Uint8Array, id, challenge: await tokenChallenge(price.relay, p) }
}

export async function ask(
  relay: Pick<Relay, "url">,
  capability: string,
  body: Uint8Array,
): Promise<Response> {
  const headers = { ...OCTETS, Authorization: `Bearer ${capability}` }
  return await fetch(`${relay.url}/tokens`, { method: "POST", headers, body: new Uint8Array(body) })
}

/** Tokens as a desk has them signed, and what the relay saw of it. @param isBlinded - false: a client that forgets to. */
export async function tokensFor(
  relay: Pick<Relay, "url">,
  capability: string,
  count: number,
  isBlinded = true,
): Promise<{ readonly tokens: Token[]; readonly seen: Uint8Array[] }> {
  const { modulus, id, challenge } = await issuerOf(relay)
  const asked: { readonly unsigned: Omit<Token, "signature">; readonly blinding: Blinding }[] = []
  for (let i = 0; i < count; i++) {
    const unsigned = { nonce: p.random(32), challenge, key: id }
    asked.push({ unsigned, blinding: blind(tokenInput(unsigned), modulus, isBlinded) })
  }
  const seen = asked.map(({ blinding }) => blinding.blinded)
  const answer = await ask(relay, capability, concatBytes(id, ...seen))
  expect(answer.status).toBe(200)
  const signatures = new Uint8Array(await answer.arrayBuffer())
  const tokens = asked.map(({ unsigned, blinding }, i) => ({
    ...unsigned,
    signature: unblind(signatures.subarray(256 * i, 256 * (i + 1)), blinding, modulus),
  }))
  return { tokens, seen }
}

export async function spend(
  relay: Pick<Relay, "url">,
  token: string,
  cells: readonly Uint8Array[],
): Promise<[number, string]> {
  const headers = { ...OCTETS, "Govah-Token": token }
  const answer = await fetch(`${relay.url}/cells`, { method: "POST", headers, body: Buffer.concat(cells) })
  return [answer.status, Buffer.from(await answer.arrayBuffer()).toString("latin1")]
}
