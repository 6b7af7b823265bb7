import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { gatherBytes } from "../bytes/index.ts"
import { openPayload } from "../open/index.ts"
import { sealPayload } from "../seal/index.ts"
import { nobleAead, type Primitives, type Subtle, testedAead, webAead } from "./index.ts"

const BYTES = 9 * 65_536
const plaintext = new Uint8Array(BYTES).map((_, i) => i * 13)
const fileKey = nodePrimitives.random(16)

function countingImports(): { readonly subtle: Subtle; count(): number } {
  let imports = 0
  const { subtle } = crypto
  return {
    count: () => imports,
    subtle: {
      importKey: (...args: Parameters<SubtleCrypto["importKey"]>) => {
        imports++
        return subtle.importKey(...args)
      },
      encrypt: subtle.encrypt.bind(subtle),
      decrypt: subtle.decrypt.bind(subtle),
    },
  }
}

async function throughAPayload(primitives: Primitives): Promise<void> {
  const sealed = await gatherBytes(sealPayload(fileKey, [plaintext], primitives))
  async function* whole(): AsyncGenerator<Uint8Array, void, void> {
    yield sealed
  }
  const opened = await gatherBytes(openPayload(fileKey, BYTES, whole(), primitives))
  expect(Buffer.compare(opened, plaintext)).toBe(0)
}

test("a payload's key is imported once, and for each chunk where nobody holds it", async () => {
  const held = countingImports()
  await throughAPayload({ ...nodePrimitives, ...webAead(held.subtle) })
  expect(held.count()).toBe(2)

  const unheld = countingImports()
  const { aeadHold: _, ...cipher } = webAead(unheld.subtle)
  await throughAPayload({ ...nodePrimitives, ...cipher })
  expect(unheld.count()).toBe(18)
})

test("a key that was held before the cipher was chosen is held by the one that is", async () => {
  const { subtle, count } = countingImports()
  const primitives = { ...nodePrimitives, ...testedAead(webAead(subtle), nobleAead) }
  await throughAPayload(primitives)
  const first = count()
  await throughAPayload(primitives)
  expect(count() - first).toBe(2)
  // The self-test takes five, the two payloads one each; the eight chunks begun before the choice import their own.
  expect(first).toBeLessThanOrEqual(5 + 2 + 8)
})
