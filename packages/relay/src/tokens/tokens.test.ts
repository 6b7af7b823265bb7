import { constants, createPublicKey, publicEncrypt } from "node:crypto"
import { concatBytes, toBase64Url } from "@govah/core/bytes"
import { formatToken, parseToken, type Token } from "@govah/core/token"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { admit } from "../admission/admission.ts"
import { blind } from "../testing/blinding.ts"
import { realDeps, seededCells, someDeskKey, startRelay } from "../testing/test-relay.ts"
import { ask, issuerOf, spend, tokensFor } from "../testing/token-client.ts"

test("a token pays for one post, once; the same post again is answered alike", async () => {
  const relay = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const { tokens } = await tokensFor(relay, capability, 2)
  const [one, two] = tokens.map(formatToken) as [string, string]
  const cells = seededCells("token", 3)
  const first = await spend(relay, one, cells)
  expect(first[0]).toBe(200)
  expect(await spend(relay, one, cells)).toEqual(first)
  expect(await spend(relay, one, seededCells("other", 3))).toEqual([403, '{"error":"token-refused"}'])
  // Two at once with other cells: one of them.
  const both = await Promise.all([1, 2].map((n) => spend(relay, two, seededCells(`both ${n}`, 2))))
  expect(both.map(([status]) => status).sort((a, b) => a - b)).toEqual([200, 403])
  expect(await relay.store.count()).toBe(5)
})

test("a token is spent also where the relay was started anew", async () => {
  const relay = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const [token] = (await tokensFor(relay, capability, 1)).tokens.map(formatToken) as [string]
  expect((await spend(relay, token, seededCells("before", 1)))[0]).toBe(200)
  await relay.close()
  const again = await startRelay({ file: relay.file })
  expect(await spend(again, token, seededCells("after", 1))).toEqual([403, '{"error":"token-refused"}'])
})

test("what is forged, changed, another relay's or of a key that is over is refused, and nothing is kept", async () => {
  let now = new Date()
  const relay = await startRelay({}, { ...realDeps, now: () => now })
  const other = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const { tokens } = await tokensFor(relay, capability, 3)
  const [good, old] = tokens as [Token, Token]
  const elsewhere = await tokensFor(other, await admit(other.store, { deskKey: someDeskKey() }), 1)
  const flipped = good.signature.map((byte, i) => (i === 99 ? byte ^ 1 : byte))
  const bad = [
    "x",
    "",
    formatToken({ ...good, signature: flipped }),
    formatToken({ ...good, nonce: p.random(32) }),
    formatToken({ ...good, signature: new Uint8Array(256) }),
    formatToken({ ...good, signature: p.random(256) }),
    formatToken(elsewhere.tokens[0] as Token),
    `${formatToken(good)}A`,
    `AAE${formatToken(good).slice(3)}`,
  ]
  for (const token of bad) {
    expect(await spend(relay, token, seededCells("bad", 2)), token.slice(0, 9)).toEqual([
      403,
      '{"error":"token-refused"}',
    ])
  }
  expect(await relay.store.count()).toBe(0)
  expect((await spend(relay, formatToken(good), seededCells("good", 1)))[0]).toBe(200)

  // After 50 days another key signs, and the old one's are taken; after 90 they are not.
  const { id } = await issuerOf(relay)
  now = new Date(now.getTime() + 50 * 86_400_000)
  expect((await issuerOf(relay)).id).not.toEqual(id)
  expect((await spend(relay, formatToken(old), seededCells("old", 1)))[0]).toBe(200)
  now = new Date(now.getTime() + 41 * 86_400_000)
  expect((await spend(relay, formatToken(tokens[2] as Token), seededCells("late", 1)))[0]).toBe(403)
})

test("only an admitted desk has tokens signed, within its quota, and only by the key that it was shown", async () => {
  const relay = await startRelay()
  const { modulus, id } = await issuerOf(relay)
  const message = (): Uint8Array => blind(p.random(98), modulus, true).blinded
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const mirror = await admit(relay.store, { deskKey: someDeskKey(2), kind: "mirror" })
  const refused: [string, Uint8Array, number][] = [
    ["A".repeat(43), concatBytes(id, message()), 404],
    [mirror, concatBytes(id, message()), 404],
    [capability, concatBytes(p.random(32), message()), 400],
    [capability, id, 400],
    [capability, concatBytes(id, message(), new Uint8Array(1)), 400],
    [capability, concatBytes(id, new Uint8Array(256).fill(255)), 400],
    [capability, concatBytes(id, ...Array.from({ length: 65 }, message)), 413],
  ]
  for (const [who, body, status] of refused) expect((await ask(relay, who, body)).status).toBe(status)
  const full = concatBytes(id, ...Array.from({ length: 64 }, message))
  expect((await ask(relay, capability, full)).status).toBe(200)
})

test("the key is the one of RFC 9578, and its signatures are RSASSA-PSS", async () => {
  const relay = await startRelay()
  const key = new Uint8Array(await (await fetch(`${relay.url}/token-key`)).arrayBuffer())
  const details = createPublicKey({ key: Buffer.from(key), format: "der", type: "spki" })
  expect(details.asymmetricKeyType).toBe("rsa-pss")
  expect(details.asymmetricKeyDetails).toMatchObject({
    modulusLength: 2048,
    publicExponent: 65_537n,
    hashAlgorithm: "sha384",
    mgf1HashAlgorithm: "sha384",
    saltLength: 48,
  })
})

/**
 * A linker with all that a relay has: who asked, what was blinded, in which order, and the tokens as they came. It says
 * which desk's each token is, or guesses where it knows nothing.
 */
function link(
  asked: readonly { readonly desk: number; readonly seen: Uint8Array }[],
  redeemed: readonly Token[],
  modulus: Uint8Array,
  desks: number,
): number[] {
  const key = createPublicKey({
    key: { kty: "RSA", n: toBase64Url(modulus), e: "AQAB" },
    format: "jwk",
  })
  const byMessage = new Map(asked.map(({ desk, seen }) => [Buffer.from(seen).toString("hex"), desk]))
  return redeemed.map((token, i) => {
    // What was signed, as the key's own owner computes it from the token.
    const message = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, token.signature)
    const exact = byMessage.get(message.toString("hex"))
    if (exact !== undefined) return exact
    // Else by the nearest number, and by the order in which they came.
    const near = asked.toSorted((a, b) => distance(a.seen, message) - distance(b.seen, message))[0]
    return i % 2 === 0 ? (near?.desk ?? 0) : (asked[i]?.desk ?? i % desks)
  })
}

function distance(a: Uint8Array, b: Uint8Array): number {
  return Math.abs((a[0] as number) * 256 + (a[1] as number) - ((b[0] as number) * 256 + (b[1] as number)))
}

test.each([
  [true, "no token tells whose it is"],
  [false, "the same linker knows every token of a client that does not blind"],
])("blinded: %s: %s", async (isBlinded) => {
  const relay = await startRelay()
  const desks = 4
  const perDesk = 32
  const asked: { desk: number; seen: Uint8Array }[] = []
  const given: { desk: number; token: Token }[] = []
  for (let desk = 0; desk < desks; desk++) {
    const capability = await admit(relay.store, { deskKey: someDeskKey(desk) })
    const { tokens, seen } = await tokensFor(relay, capability, perDesk, isBlinded)
    for (const message of seen) asked.push({ desk, seen: message })
    for (const token of tokens) given.push({ desk, token })
  }
  // Handed out and spent in an order of their own.
  given.sort((a, b) => Buffer.compare(a.token.nonce, b.token.nonce))
  for (const [i, { token }] of given.slice(0, 8).entries()) {
    expect((await spend(relay, formatToken(token), seededCells(`spent ${i}`, 1)))[0]).toBe(200)
  }
  const { modulus } = await issuerOf(relay)
  const redeemed = given.map(({ token }) => parseToken(formatToken(token)) as Token)
  const said = link(asked, redeemed, modulus, desks)
  const right = said.filter((desk, i) => desk === given[i]?.desk).length / given.length
  // Chance is a quarter; with 128 tokens four standard deviations are 15 points.
  if (isBlinded) expect(right).toBeLessThan(0.25 + 0.16)
  else expect(right).toBe(1)
})
