import { availableParallelism } from "node:os"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { defineConfig, type ViteUserConfig } from "vitest/config"
import { SlowestFirst } from "./scripts/slowest-first.ts"

// `npm test` runs everything but the two kinds that have commands of their own: *.data.test.ts need a folder of
// third-party data that is not committed, *.long.test.ts need more time than anyone waits for before a commit.
const kind = process.env["GOVAH_TESTS"] ?? "usual"
const includes: Record<string, string[]> = {
  usual: ["packages/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "e2e/**/*.test.ts", "samples/**/*.test.ts"],
  data: ["**/*.data.test.ts"],
  long: ["**/*.long.test.ts"],
}
const apart = kind === "usual" ? ["**/*.data.test.ts", "**/*.long.test.ts"] : []
const patience = kind === "long" ? 3_600_000 : 300_000

const config: ViteUserConfig = defineConfig({
  test: {
    include: includes[kind] ?? [],
    exclude: ["**/node_modules/**", "**/build/**", "**/dist/**", ...apart],
    // Tests start the command line hundreds of times: what Node has compiled of it once need not be compiled again.
    env: {
      NODE_COMPILE_CACHE: resolve("node_modules", ".compile-cache"),
      NODE_OPTIONS: `--import=${pathToFileURL(resolve("scripts", "keep-compiled.mjs"))}`,
    },
    // Processes, not threads: tests start servers, send signals and load native modules.
    pool: "forks",
    // The files of one worker share its process: each cleans up what it made, and a process each costs half a second.
    isolate: false,
    // A journey waits for processes, browsers and disks a part of the time; but with twice as many as there are cores the same
    // tests took a quarter more of the processors' time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowestFirst },
    // Generous, because a browser on a busy machine is slow; a test that hangs still ends.
    testTimeout: patience,
    hookTimeout: patience,
    // One second unless said, which a busy machine may take for anything.
    expect: { poll: { timeout: 30_000 } },
  },
})

export default config
