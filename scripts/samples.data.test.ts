import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

test("the rehearsal replays the claims as they were collected, byte for byte", () => {
  const collected = readFileSync(
    join(process.env["GOVAH_DATA"] ?? "../shared/data", "saravan-2021-claims.tsv"),
  )
  expect(readFileSync("samples/saravan-2021/claims.tsv").equals(collected)).toBe(true)
  expect(collected.toString().trim().split("\n").length - 1).toBe(17)
})
