import { concatBytes, equalBytes, fromHex, toHex, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { EDGE_SIGNATURES } from "./edge-signatures.ts"

/** One thing that every implementation of {@link Primitives} does. */
export interface ContractCase {
  readonly name: string
  /** @throws Error that says what is not as it should be. */
  check(primitives: Primitives): Promise<void>
}

/**
 * What every implementation of {@link Primitives} must do, with known answers of FIPS 180-4, RFC 8439 and RFC 8032.
 *
 * It needs no test runner: a page can run it before it trusts what its browser offers.
 */
export const primitivesContract: readonly ContractCase[] = [
  {
    name: "SHA-256: the examples of FIPS 180-4",
    check: async (p) => {
      for (const [message, digest] of SHA256_ANSWERS) {
        same(await p.sha256(utf8Bytes(message)), digest, "digest")
        const hasher = p.hasher()
        for (const character of message) hasher.update(utf8Bytes(character))
        same(hasher.digest(), digest, "digest in pieces")
      }
    },
  },
  {
    name: "SHA-256: a million times a, in uneven pieces",
    check: async (p) => {
      const hasher = p.hasher()
      const million = new Uint8Array(1_000_000).fill(0x61)
      for (let at = 0, size = 1; at < million.length; at += size, size = (size * 3) % 9_973) {
        hasher.update(million.subarray(at, at + size))
      }
      const digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      same(hasher.digest(), digest, "digest in pieces")
      same(await p.sha256(million), digest, "digest")
    },
  },
  {
    name: "random: as many bytes as asked for, and never the same",
    check: async (p) => {
      for (const byteLength of [0, 1, 32, 65_536]) {
        equal(p.random(byteLength).length, byteLength, "length")
      }
      const seen = new Set(Array.from({ length: 64 }, () => toHex(p.random(16))))
      equal(seen.size, 64, "different values")
    },
  },
  {
    name: "AEAD: the ciphertext of RFC 8439 section 2.4.2, and its tag",
    check: async (p) => {
      const sealed = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, SUNSCREEN)
      same(sealed, SUNSCREEN_CIPHERTEXT + SUNSCREEN_TAG, "ciphertext and tag")
      same((await p.aeadOpen(AEAD_KEY, AEAD_NONCE, sealed)) ?? NOTHING, toHex(SUNSCREEN), "plaintext")
    },
  },
  {
    name: "AEAD: an empty plaintext is a tag alone, and opens",
    check: async (p) => {
      const sealed = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, NOTHING)
      equal(sealed.length, 16, "length")
      equal((await p.aeadOpen(AEAD_KEY, AEAD_NONCE, sealed))?.length, 0, "plaintext length")
    },
  },
  {
    name: "AEAD: every changed byte, wrong nonce, wrong key and cut is null",
    check: async (p) => {
      const sealed = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, SUNSCREEN)
      for (let at = 0; at < sealed.length; at++) {
        equal(await p.aeadOpen(AEAD_KEY, AEAD_NONCE, flip(sealed, at)), null, `byte ${at} changed`)
        equal(await p.aeadOpen(AEAD_KEY, AEAD_NONCE, sealed.slice(0, at)), null, `cut at ${at}`)
      }
      equal(await p.aeadOpen(AEAD_KEY, flip(AEAD_NONCE, 11), sealed), null, "another nonce")
      equal(await p.aeadOpen(flip(AEAD_KEY, 0), AEAD_NONCE, sealed), null, "another key")
      equal(
        await p.aeadOpen(AEAD_KEY, AEAD_NONCE, concatBytes(sealed, NOTHING, Uint8Array.of(0))),
        null,
        "longer",
      )
    },
  },
  {
    name: "AEAD: 64 KiB, given as a view into a larger buffer, leaves its input alone",
    check: async (p) => {
      const buffer = new Uint8Array(65_536 + 20).map((_, i) => i * 31)
      const view = buffer.subarray(7, 7 + 65_536)
      const before = view.slice()
      const sealed = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, view)
      equal(sealed.length, 65_536 + 16, "length")
      equal(equalBytes(view, before), true, "input untouched")
      const within = concatBytes(NOTHING, Uint8Array.of(1, 2, 3), sealed, Uint8Array.of(4))
      const opened = await p.aeadOpen(AEAD_KEY, AEAD_NONCE, within.subarray(3, 3 + sealed.length))
      equal(opened !== null && equalBytes(opened, before), true, "opened")
    },
  },
  {
    name: "AEAD: many at a time, and what was passed in may change as soon as the call returns",
    check: async (p) => {
      const plaintexts = Array.from({ length: 12 }, (_, i) => new Uint8Array(5_000).fill(i))
      const nonces = plaintexts.map((_, i) => AEAD_NONCE.map((byte) => byte + i))
      const keys = plaintexts.map((_, i) => flip(AEAD_KEY, i % 3))
      const each = async (
        use: (key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array) => unknown,
        inputs: readonly Uint8Array[],
      ): Promise<Uint8Array[]> => {
        const [key, nonce, bytes] = [new Uint8Array(32), new Uint8Array(12), new Uint8Array(5_016)]
        const answers = inputs.map((input, i) => {
          key.set(keys[i] ?? NOTHING)
          nonce.set(nonces[i] ?? NOTHING)
          bytes.set(input)
          return use(key, nonce, bytes.subarray(0, input.length))
        })
        key.fill(9)
        bytes.fill(9)
        return (await Promise.all(answers.map(async (answer) => await answer))) as Uint8Array[]
      }
      const sealed = await each((...args) => p.aeadSeal(...args), plaintexts)
      for (const [i, one] of sealed.entries()) {
        const alone = await p.aeadSeal(keys[i] ?? NOTHING, nonces[i] ?? NOTHING, plaintexts[i] ?? NOTHING)
        same(one, toHex(alone), `sealed ${i}`)
      }
      const opened = await each((...args) => p.aeadOpen(...args), sealed)
      for (const [i, one] of opened.entries())
        same(one ?? NOTHING, toHex(plaintexts[i] ?? NOTHING), `opened ${i}`)
    },
  },
  {
    name: "AEAD: memory that is lent for an answer holds it or is left alone, and never what a wrong tag hid",
    check: async (p) => {
      for (const bytes of [0, 1, 5_000, 65_536]) {
        const plaintext = new Uint8Array(bytes).map((_, i) => i * 7)
        const alone = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, plaintext)
        const lent = new Uint8Array(bytes + 16).fill(9)
        same(await p.aeadSeal(AEAD_KEY, AEAD_NONCE, plaintext, lent), toHex(alone), "sealed")
        const back = new Uint8Array(bytes).fill(9)
        const untouched = back.slice()
        const forged = flip(alone, alone.length - 1)
        equal(await p.aeadOpen(AEAD_KEY, AEAD_NONCE, forged, back), null, "forged")
        same(back, toHex(untouched), "memory after a wrong tag")
        const opened = await p.aeadOpen(AEAD_KEY, AEAD_NONCE, alone, new Uint8Array(bytes))
        same(opened ?? NOTHING, toHex(plaintext), "opened")
      }
    },
  },
  {
    name: "AEAD: a key that is held gives the same answers, and afterwards nothing of it is left",
    check: async (p) => {
      const key = AEAD_KEY.slice()
      const letGo = p.aeadHold?.(key)
      const sealed = await Promise.all(
        [1, 2, 3].map(async () => await p.aeadSeal(key, AEAD_NONCE, SUNSCREEN)),
      )
      for (const one of sealed) same(one, SUNSCREEN_CIPHERTEXT + SUNSCREEN_TAG, "under a held key")
      same((await p.aeadOpen(key, AEAD_NONCE, sealed[0] ?? NOTHING)) ?? NOTHING, toHex(SUNSCREEN), "opened")
      letGo?.()
      key.fill(0)
      const other = await p.aeadSeal(new Uint8Array(32), AEAD_NONCE, SUNSCREEN)
      same(await p.aeadSeal(key, AEAD_NONCE, SUNSCREEN), toHex(other), "after its end")
    },
  },
  {
    name: "AEAD: a key or nonce of the wrong size is the caller's bug, not a wrong tag",
    check: async (p) => {
      const sealed = await p.aeadSeal(AEAD_KEY, AEAD_NONCE, SUNSCREEN)
      await throws(() => p.aeadSeal(AEAD_KEY.slice(1), AEAD_NONCE, SUNSCREEN), "key of 31 bytes")
      await throws(() => p.aeadOpen(AEAD_KEY.slice(1), AEAD_NONCE, sealed), "key of 31 bytes")
      await throws(() => p.aeadSeal(AEAD_KEY, AEAD_NONCE.slice(1), SUNSCREEN), "nonce of 11 bytes")
      await throws(() => p.aeadOpen(AEAD_KEY, AEAD_NONCE.slice(1), sealed), "nonce of 11 bytes")
    },
  },
  {
    name: "Ed25519: keys and signatures of RFC 8032 section 7.1",
    check: async (p) => {
      for (const [seed, key, message, signature] of ED25519_ANSWERS) {
        same(await p.publicKey(hex(seed)), key, "public key")
        same(await p.sign(hex(seed), hex(message)), signature, "signature")
        equal(await p.verify(hex(key), hex(message), hex(signature)), true, "verification")
      }
      await throws(() => p.sign(new Uint8Array(31), NOTHING), "seed of 31 bytes")
      await throws(() => p.publicKey(new Uint8Array(33)), "seed of 33 bytes")
    },
  },
  {
    name: "Ed25519: every changed byte of a signature or key is refused",
    check: async (p) => {
      const [, key, message, signature] = ED25519_ANSWERS[2].map(hex) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ]
      for (let at = 0; at < 64; at++) {
        equal(await p.verify(key, message, flip(signature, at)), false, `signature byte ${at}`)
      }
      for (let at = 0; at < 32; at++) {
        equal(await p.verify(flip(key, at), message, signature), false, `key byte ${at}`)
      }
    },
  },
  ...EDGE_SIGNATURES.map(({ name, valid, key, message, signature }) => ({
    name: `Ed25519: ${name}: ${valid ? "valid" : "refused"}`,
    check: async (p: Primitives): Promise<void> => {
      equal(await p.verify(hex(key), hex(message), hex(signature)), valid, "verification")
    },
  })),
]

const NOTHING = new Uint8Array(0)

const SHA256_ANSWERS: readonly (readonly [string, string])[] = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
]

// RFC 8439 has no AEAD example without associated data. But the AEAD begins its key stream where section 2.4.2 does, so
// that section's ciphertext is also this AEAD's; the tag is what OpenSSL and noble agree on.
const AEAD_KEY = Uint8Array.from({ length: 32 }, (_, i) => i)
const AEAD_NONCE = hex("000000000000004a00000000")
const SUNSCREEN = utf8Bytes(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
)
const SUNSCREEN_CIPHERTEXT =
  "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab" +
  "8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42" +
  "874d"
const SUNSCREEN_TAG = "81db63fcb189a03121ae0ac72a3f1f36"

/** Seed, public key, message, signature. */
const ED25519_ANSWERS = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const

function hex(text: string): Uint8Array {
  return fromHex(text) as Uint8Array
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const flipped = bytes.slice()
  flipped[at] = (flipped[at] as number) ^ 1
  return flipped
}

function same(actual: Uint8Array, expectedHex: string, what: string): void {
  equal(toHex(actual), expectedHex, what)
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)}, not ${String(expected)}`)
}

async function throws(act: () => unknown, what: string): Promise<void> {
  try {
    await act()
  } catch {
    return
  }
  throw new Error(`${what} was accepted`)
}
