import { expect, test } from "vitest"
import { countsOf } from "./counts.ts"

function report(...files: string[][]): Parameters<typeof countsOf>[0] {
  return {
    testResults: files.map((statuses) => ({
      status: "passed",
      assertionResults: statuses.map((status) => ({ status })),
    })),
  }
}

test.each([
  ["all held", report(["passed", "passed"], ["passed"]), 0, { passed: 3, failed: 0 }],
  ["one did not", report(["passed", "failed"]), 1, { passed: 1, failed: 1 }],
  ["a skipped test did not pass", report(["passed", "skipped"]), 0, { passed: 1, failed: 1 }],
  ["nor did one still to be written", report(["passed", "todo"]), 0, { passed: 1, failed: 1 }],
  ["a file that could not be loaded", report(["passed"], []), 1, { passed: 1, failed: 1 }],
  ["an error outside any test", report(["passed"]), 1, { passed: 1, failed: 1 }],
  ["a run ended by a signal", report(["passed"]), null, { passed: 1, failed: 1 }],
  ["a run without tests", report(), 0, { passed: 0, failed: 1 }],
  ["a run without a report", null, 0, { passed: 0, failed: 1 }],
] as const)("counts %s", (_name, given, exitCode, counts) => {
  expect(countsOf(given, exitCode)).toEqual(counts)
})
