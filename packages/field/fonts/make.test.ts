import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { makeFont, WEIGHTS } from "./make.ts"

const files = Object.entries(WEIGHTS) as [keyof typeof WEIGHTS, string][]

test.each(files)(
  "the committed %s is what the package makes (if not: node packages/field/fonts/make.ts)",
  async (weight, file) => {
    const committed = readFileSync(new URL(file, import.meta.url))
    expect((await makeFont(weight)).equals(committed)).toBe(true)
  },
)
