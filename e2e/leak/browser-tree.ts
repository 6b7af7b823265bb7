import { mkdtempSync } from "node:fs"
import { mkdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Everything under one folder that a browser may write to: nothing of it lies elsewhere. */
export interface BrowserTree {
  readonly root: string
  readonly profile: string
  /** What the browser is told of where it may write. */
  readonly env: NodeJS.ProcessEnv
  remove(): Promise<void>
}

/** @param under - a folder for it; left out: the system's one for temporary files. */
export async function makeBrowserTree(under: string = tmpdir()): Promise<BrowserTree> {
  const root = mkdtempSync(join(under, "govah-browser-"))
  const places = {
    HOME: "home",
    TMPDIR: "tmp",
    XDG_CACHE_HOME: "home/.cache",
    XDG_CONFIG_HOME: "home/.config",
    XDG_DATA_HOME: "home/.local/share",
    XDG_RUNTIME_DIR: "run",
  }
  const env: NodeJS.ProcessEnv = { ...process.env }
  for (const [name, path] of Object.entries(places)) {
    env[name] = join(root, path)
    await mkdir(join(root, path), { recursive: true, mode: 0o700 })
  }
  const profile = join(root, "profile")
  await mkdir(profile)
  return { root, profile, env, remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }) }
}
