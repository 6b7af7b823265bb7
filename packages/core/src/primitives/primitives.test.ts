import { ed25519 } from "@noble/curves/ed25519.js"
import { nodePrimitives } from "@govah/node"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fromHex } from "../bytes/index.ts"
import { EDGE_SIGNATURES, primitivesContract } from "../testing/index.ts"
import {
  type Aead,
  aeadSelfTest,
  chooseAead,
  nobleAead,
  noblePrimitives,
  type Primitives,
  testedAead,
  webAead,
} from "./index.ts"

const noble = noblePrimitives((byteLength) => nodePrimitives.random(byteLength))
const implementations: readonly (readonly [string, Primitives])[] = [
  ["noble", noble],
  ["node", nodePrimitives],
  ["noble with the cipher of WebCrypto", { ...noble, ...webAead(crypto.subtle) }],
  [
    "noble with the cipher of WebCrypto, if it passes",
    { ...noble, ...testedAead(webAead(crypto.subtle), nobleAead) },
  ],
]

describe.each(implementations)("%s keeps the contract", (_, primitives) => {
  test.each(primitivesContract)("$name", ({ check }) => check(primitives))
})

describe("the contract can fail", () => {
  const broken: readonly (readonly [string, Partial<Primitives>])[] = [
    ["a verifier with the cofactor", { verify: (key, m, s) => ed25519.verify(s, m, key, { zip215: false }) }],
    ["a verifier that says yes", { verify: () => true }],
    ["an AEAD that does not look at the tag", { aeadOpen: (_key, _nonce, c) => c.slice(0, -16) }],
    [
      "an AEAD that reads its input later",
      { aeadSeal: async (...args) => await Promise.resolve().then(() => nodePrimitives.aeadSeal(...args)) },
    ],
    [
      "an AEAD that writes before it looks at the tag",
      {
        aeadOpen: (key, nonce, sealed, into) => {
          into?.fill(1)
          return nodePrimitives.aeadOpen(key, nonce, sealed)
        },
      },
    ],
    ["randomness that is not", { random: (byteLength) => new Uint8Array(byteLength) }],
    ["a hasher that forgets", { hasher: () => ({ update: () => {}, digest: () => new Uint8Array(32) }) }],
  ]
  test.each(broken)("%s", async (_, weakness) => {
    const weak = { ...nodePrimitives, ...weakness }
    const results = await Promise.allSettled(primitivesContract.map(async ({ check }) => await check(weak)))
    expect(results.some(({ status }) => status === "rejected")).toBe(true)
  })
})

const brokenAeads: readonly (readonly [string, Partial<Aead>])[] = [
  ["does not look at the tag", { aeadOpen: (_key, _nonce, sealed) => sealed.slice(0, -16) }],
  ["opens nothing", { aeadOpen: () => null }],
  [
    "seals with another nonce",
    { aeadSeal: (key, _nonce, plain) => nobleAead.aeadSeal(key, new Uint8Array(12), plain) },
  ],
  [
    "goes wrong after 64 blocks",
    {
      aeadSeal: async (key, nonce, plain) => {
        const sealed = await nobleAead.aeadSeal(key, nonce, plain)
        if (sealed.length > 4_096) sealed[sealed.length - 1] = (sealed[sealed.length - 1] as number) ^ 1
        return sealed
      },
    },
  ],
  ["is not there", { aeadSeal: () => Promise.reject(new Error("not supported")) }],
  [
    "throws",
    {
      aeadSeal: () => {
        throw new Error("not supported")
      },
    },
  ],
]

test.each(brokenAeads)("a cipher that %s is passed over", async (_, weakness) => {
  const broken = { ...nobleAead, ...weakness }
  expect(await aeadSelfTest(broken)).toBe(false)
  expect(await chooseAead([broken, nobleAead])).toBe(nobleAead)
  await expect(chooseAead([broken])).rejects.toThrow(/known answers/)
  await Promise.all(
    primitivesContract.map(({ check }) => check({ ...noble, ...testedAead(broken, nobleAead) })),
  )
})

test("the ciphers in use pass the self-test, and OpenSSL's at once", async () => {
  expect(await aeadSelfTest(nobleAead)).toBe(true)
  expect(await aeadSelfTest(webAead(crypto.subtle))).toBe(true)
  expect(aeadSelfTest({ ...nodePrimitives, aeadInFlight: 1 })).toBe(true)
})

test("ZIP 215 accepts what we refuse: the edge cases are edges", () => {
  for (const { name, key, message, signature } of EDGE_SIGNATURES.filter(({ name }) =>
    name.includes("(ZIP 215)"),
  )) {
    const [k, m, s] = [key, message, signature].map((text) => fromHex(text) as Uint8Array)
    expect(ed25519.verify(s as Uint8Array, m as Uint8Array, k as Uint8Array, { zip215: true }), name).toBe(
      true,
    )
  }
})

test("noble and Node give the same bytes", async () => {
  const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
    fc.uint8Array({ minLength: length, maxLength: length })
  const message = fc.uint8Array({ maxLength: 3_000 })
  await fc.assert(
    fc.asyncProperty(bytes(32), bytes(12), message, fc.nat(), async (key, nonce, plaintext, at) => {
      expect(await noble.sha256(plaintext)).toEqual(await nodePrimitives.sha256(plaintext))
      const sealed = await noble.aeadSeal(key, nonce, plaintext)
      expect(sealed).toEqual(await nodePrimitives.aeadSeal(key, nonce, plaintext))
      expect(await noble.aeadOpen(key, nonce, sealed)).toEqual(plaintext)
      expect(await nodePrimitives.aeadOpen(key, nonce, sealed)).toEqual(plaintext)
      const index = at % sealed.length
      sealed[index] = (sealed[index] as number) ^ (1 + (at % 255))
      expect(await noble.aeadOpen(key, nonce, sealed)).toBeNull()
      expect(await nodePrimitives.aeadOpen(key, nonce, sealed)).toBeNull()
    }),
    { numRuns: 500 },
  )
  await fc.assert(
    fc.asyncProperty(bytes(32), message, async (seed, plaintext) => {
      const signature = await noble.sign(seed, plaintext)
      const key = await noble.publicKey(seed)
      expect(signature).toEqual(await nodePrimitives.sign(seed, plaintext))
      expect(key).toEqual(await nodePrimitives.publicKey(seed))
      expect(await noble.verify(key, plaintext, signature)).toBe(true)
      expect(await nodePrimitives.verify(key, plaintext, signature)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test("noble and Node agree on any 32 bytes as a key and any 64 as a signature", async () => {
  // Mostly points of small order and their neighbours: that is where verifiers part.
  const odd = fc.constantFrom(
    ...EDGE_SIGNATURES.flatMap(({ key, signature }) => [key, signature.slice(0, 64)]),
  )
  const point = fc.oneof(
    odd.map((text) => fromHex(text) as Uint8Array),
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
  )
  await fc.assert(
    fc.asyncProperty(
      point,
      point,
      fc.constantFrom(0, 1, 5),
      fc.nat({ max: 3 }),
      async (key, r, s, length) => {
        const signature = new Uint8Array(64)
        signature.set(r.subarray(0, 32))
        signature[32] = s
        const message = new Uint8Array(length)
        expect(await noble.verify(key, message, signature)).toBe(
          await nodePrimitives.verify(key, message, signature),
        )
      },
    ),
    { numRuns: 400 },
  )
})
