import { primitivesContract } from "@govah/core/testing"
import { describe, expect, test } from "vitest"
import { webPrimitives } from "./web-primitives.ts"

const withoutSubtle = { getRandomValues: crypto.getRandomValues.bind(crypto) } as Crypto

describe.each([
  ["with the browser's SHA-256", webPrimitives(crypto)],
  ["on a page that is not secure", webPrimitives(withoutSubtle)],
])("primitives %s", (_name, primitives) => {
  test.each(primitivesContract)("$name", async ({ check }) => {
    await expect(check(primitives)).resolves.toBeUndefined()
  })
})
