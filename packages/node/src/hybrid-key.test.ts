import { hybridStanzas } from "@govah/core/open"
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { hybridKey } from "./hybrid-key.ts"

async function sealedTo(...identities: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const identity of identities) encrypter.addRecipient(await identityToRecipient(identity))
  return await encrypter.encrypt("words")
}

async function libraryOpens(file: Uint8Array, identity: string): Promise<boolean> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return await decrypter.decrypt(file).then(
    () => true,
    () => false,
  )
}

test("what the age library seals fits those that it opens for, and no other", async () => {
  const identities = [await generateHybridIdentity(), await generateHybridIdentity()]
  const keys = identities.map(hybridKey)
  for (let round = 0; round < 4; round++) {
    for (const [i, identity] of identities.entries()) {
      const file = await sealedTo(identity)
      const [stanza] = hybridStanzas(file)
      const { share, wrapped } = stanza as NonNullable<typeof stanza>
      expect(keys.map((key) => key.fits(share, wrapped))).toEqual(identities.map((_, other) => other === i))
      expect(await Promise.all(identities.map((other) => libraryOpens(file, other)))).toEqual(
        identities.map((other) => other === identity),
      )
      for (const at of [0, 500, 1087, 1088, 1118]) {
        expect(keys[i]?.fits(flipped(share, at), wrapped)).toBe(false)
      }
      expect(keys[i]?.fits(share, flipped(wrapped, 31))).toBe(false)
    }
  }
  // Both stanzas of a file for two.
  const both = hybridStanzas(await sealedTo(...identities))
  expect(both.map(({ share, wrapped }) => keys.map((key) => key.fits(share, wrapped)))).toEqual([
    [true, false],
    [false, true],
  ])
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))
}

test("what is no stanza fits nothing, and what is no identity is refused", async () => {
  const key = hybridKey(await generateHybridIdentity())
  expect(key.fits(new Uint8Array(1120), new Uint8Array(32))).toBe(false)
  expect(key.fits(new Uint8Array(1119), new Uint8Array(32))).toBe(false)
  expect(key.fits(new Uint8Array(1120), new Uint8Array(31))).toBe(false)
  for (const text of ["", "AGE-SECRET-KEY-PQ-1", "AGE-SECRET-KEY-1QQQQ", "age1pq1qqqq"]) {
    expect(() => hybridKey(text)).toThrow(RangeError)
  }
})
