import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** How many tests held and how many did not. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** The part of vitest's JSON report that counting needs. */
export interface VitestReport {
  readonly testResults: ReadonlyArray<{
    readonly status: string
    readonly assertionResults: ReadonlyArray<{ readonly status: string }>
  }>
}

/**
 * Runs the tests of one kind (see vitest.config.ts) in the open, and counts them.
 *
 * @param kind - `usual`, `data` or `long`.
 */
export async function count(kind: string): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "govah-tests-"))
  const report = join(folder, "report.json")
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  try {
    const child = spawn(resolve("node_modules", ".bin", "vitest"), args, {
      stdio: ["ignore", "inherit", "inherit"],
      // What Node compiled for one worker or command line need not be compiled again for the next few hundred.
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: resolve("node_modules", ".compile-cache"),
        GOVAH_TESTS: kind,
        ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
      },
    })
    const code = await new Promise<number | null>((done, fail) => child.on("error", fail).on("exit", done))
    return countsOf(readReport(report), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The counts of a report. What did not run did not pass: a skipped test, a file that could not be loaded, an error
 * outside any test, and a run without tests all count as failures.
 *
 * @param exitCode - what vitest said as a whole; null where a signal ended it.
 */
export function countsOf(report: VitestReport | null, exitCode: number | null): Counts {
  let passed = 0
  let failed = 0
  for (const file of report?.testResults ?? []) {
    if (file.assertionResults.length === 0) failed++
    for (const { status } of file.assertionResults) {
      if (status === "passed") passed++
      else failed++
    }
  }
  if (failed === 0 && (exitCode !== 0 || passed === 0)) failed = 1
  return { passed, failed }
}

function readReport(path: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as VitestReport
  } catch {
    return null
  }
}
