import { spawnSync } from "node:child_process"
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { folderDrawer } from "./folder-drawer.ts"

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "govah-drawer-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Calls to the disk that Node itself counts while `steps` run in a process of their own. */
async function callsOf(steps: string): Promise<readonly string[]> {
  const folder = await freshFolder()
  const source = new URL("./folder-drawer.ts", import.meta.url).href
  await writeFile(
    join(folder, "steps.ts"),
    `const { folderDrawer } = await import(${JSON.stringify(source)})
     const drawer = await folderDrawer(${JSON.stringify(join(folder, "drawer"))})
     const file = await drawer.open("a", true)
     const bytes = new Uint8Array(10)
     ${steps}`,
  )
  const ran = spawnSync(process.execPath, ["--trace-event-categories", "node.fs.async", "steps.ts"], {
    cwd: folder,
  })
  expect(ran.status).toBe(0)
  const log = JSON.parse(await readFile(join(folder, "node_trace.1.log"), "utf8")) as {
    readonly traceEvents: readonly { readonly name: string; readonly ph: string; readonly ts: number }[]
  }
  const begun = log.traceEvents.filter(({ ph }) => ph === "b").sort((a, b) => a.ts - b.ts)
  return begun.map(({ name }) => name).filter((name) => /^(write|fsync|unlink)$/.test(name))
}

test("a flush waits for the disk: the file, and once its name", async () => {
  const twice = "for (let i = 0; i < 2; i++) { await file.write(0, bytes); await file.flush() }"
  expect((await callsOf(twice)).slice(-5)).toEqual(["write", "fsync", "fsync", "write", "fsync"])
  expect((await callsOf('await file.close(); await drawer.remove("a")')).slice(-2)).toEqual([
    "unlink",
    "fsync",
  ])
  // Control: without a flush nothing waits.
  expect((await callsOf("await file.write(0, bytes)")).filter((name) => name === "fsync")).toEqual([])
})

test("the folder and everything in it are their owner's alone", async () => {
  const folder = join(await freshFolder(), "drawer")
  const drawer = await folderDrawer(folder)
  await (await drawer.open("a", true))?.close()
  const modes = [folder, join(folder, "a"), join(folder, ".in-use")].map(
    async (path) => (await stat(path)).mode & 0o777,
  )
  expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600])
})
