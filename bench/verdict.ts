import { readFileSync, writeFileSync } from "node:fs"

/** What was measured and the most that it may be, in the unit that its name says. */
export type Limit = readonly [name: string, value: number, atMost: number]

/**
 * Prints each limit as met or missed, and the result beside the committed baseline, which `--write` replaces. A missed one
 * makes the process end with 1.
 *
 * @param baseline - a JSON file.
 */
export function giveVerdict(result: object, limits: readonly Limit[], baseline: URL): void {
  for (const [name, value, atMost] of limits) {
    console.log(value <= atMost ? "met   " : "MISSED", name, value, "<=", atMost)
    if (value > atMost) process.exitCode = 1
  }
  if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
  console.log("now     ", JSON.stringify(result))
  console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
}
