import { defineConfig, type UserConfig } from "vite"
import { leaveOut, PURE } from "./leave-out.ts"

// Who may sign releases is compiled in. The committed list is empty; a rehearsal, a test or a group that releases its own
// builds with another.
const KEYS = process.env["GOVAH_RELEASE_KEYS"]

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // The page's policy allows no script or style inside the page, and no data: addresses.
    assetsInlineLimit: 0,
    // What the first script imports is fetched beside it, not after it; parts that come later say so themselves.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, parts, { hostType }) => (hostType === "html" ? parts : []),
    },
  },
  worker: {
    format: "es",
    plugins: () => [leaveOut()],
    rolldownOptions: {
      treeshake: { manualPureFunctions: PURE, propertyReadSideEffects: false },
      // A worker is one file; what it fetches later takes from it what both use, and not from a third.
      output: { codeSplitting: { groups: [{ name: "at-once", tags: ["$initial"] }] } },
      optimization: { inlineConst: { mode: "all", pass: 2 } },
    },
  },
  resolve: { alias: KEYS === undefined ? [] : [{ find: /^.*\/release-keys\.json$/, replacement: KEYS }] },
})

export default config
