import { defineConfig, type UserConfig } from "vite"

// The desk's page. Everything is a file of its own: the content policy allows no data: address and no inline code.
const config: UserConfig = defineConfig({
  root: new URL("src/web", import.meta.url).pathname,
  base: "./",
  build: {
    outDir: new URL("dist/web", import.meta.url).pathname,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ["chrome120", "firefox128"],
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
})

export default config
