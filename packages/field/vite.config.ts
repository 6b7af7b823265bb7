import { defineConfig, type UserConfig } from "vite"

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // The page's policy allows no script or style inside the page, and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  worker: { format: "es" },
})

export default config
