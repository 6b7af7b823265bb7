import { expect, test } from "vitest"
import { explain } from "./explain.ts"

test("a fault of ours says where it is, and nothing of what was being read", () => {
  const secret = "the name of a witness"
  let fault: unknown
  try {
    JSON.parse(`{"a": ${secret}}`)
  } catch (error) {
    fault = error
  }
  // Control: the parser itself quotes it.
  expect((fault as Error).message).toContain("the name")
  expect(explain(fault)).toMatch(/^this is a fault of the program \(SyntaxError at explain\.test\.ts:\d+\)/)
  expect(explain(fault)).not.toContain("the name")
})
