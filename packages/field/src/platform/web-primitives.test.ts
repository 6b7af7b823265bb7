import { nodePrimitives } from "@govah/node"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { webPrimitives } from "./web-primitives.ts"

const withoutSubtle = { getRandomValues: crypto.getRandomValues.bind(crypto) } as Crypto
const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length })

describe.each([
  ["with the browser's SHA-256", webPrimitives(crypto)],
  ["on a page that is not secure", webPrimitives(withoutSubtle)],
])("primitives %s", (_name, web) => {
  test("give what Node's give, and open and verify what Node made", async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes(32),
        bytes(12),
        fc.uint8Array({ maxLength: 300 }),
        async (key, nonce, message) => {
          expect(await web.sha256(message)).toEqual(await nodePrimitives.sha256(message))
          const sealed = await nodePrimitives.aeadSeal(key, nonce, message)
          expect(await web.aeadSeal(key, nonce, message)).toEqual(sealed)
          expect(await web.aeadOpen(key, nonce, sealed)).toEqual(message)
          const signature = await nodePrimitives.sign(key, message)
          expect(await web.sign(key, message)).toEqual(signature)
          const publicKey = await web.publicKey(key)
          expect(publicKey).toEqual(await nodePrimitives.publicKey(key))
          expect(await web.verify(publicKey, message, signature)).toBe(true)
          signature[0] = (signature[0] as number) ^ 1
          expect(await web.verify(publicKey, message, signature)).toBe(false)
          sealed[0] = (sealed[0] as number) ^ 1
          expect(await web.aeadOpen(key, nonce, sealed)).toBeNull()
        },
      ),
      { numRuns: 25 },
    )
  })
})
