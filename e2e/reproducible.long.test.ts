import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cp, mkdir, readdir, readFile, symlink } from "node:fs/promises"
import { dirname, join, relative } from "node:path"
import { expect, test } from "vitest"
import { freshFolder } from "./field-support.ts"

const root = dirname(import.meta.dirname)

/** The sources somewhere else, with the same libraries. */
async function clone(folder: string): Promise<void> {
  const leftOut = new Set(["node_modules", "build", "dist", "dist-file"])
  await cp(join(root, "packages"), join(folder, "packages"), {
    recursive: true,
    filter: (path) =>
      !relative(root, path)
        .split("/")
        .some((part) => leftOut.has(part)),
  })
  for (const name of ["package.json", "tsconfig.base.json"]) await cp(join(root, name), join(folder, name))
  await mkdir(join(folder, "node_modules/@govah"), { recursive: true })
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name !== "@govah") await symlink(join(root, "node_modules", name), join(folder, "node_modules", name))
  }
  for (const name of await readdir(join(root, "packages")))
    await symlink(join(folder, "packages", name), join(folder, "node_modules/@govah", name))
}

/** Builds both editions. @returns hash by path. */
async function built(
  folder: string,
  umask: string,
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  const field = join(folder, "packages/field")
  const shell = (line: string): Buffer =>
    execFileSync("sh", ["-c", `umask ${umask} && ${line}`], {
      cwd: field,
      env: { PATH: process.env["PATH"], HOME: folder, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    })
  const vite = join(root, "node_modules/vite/bin/vite.js")
  shell(`'${process.execPath}' '${vite}' build --logLevel error && '${process.execPath}' build-file.ts`)
  const hashes = new Map<string, string>()
  for (const edition of ["dist", "dist-file"]) {
    for (const entry of await readdir(join(field, edition), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      hashes.set(
        relative(field, path),
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      )
    }
  }
  return hashes
}

test("two builds, elsewhere, later, and under another umask, locale and time zone, are the same bytes", async () => {
  const one = await freshFolder()
  const two = join(await freshFolder(), "a longer path", "گواه")
  await clone(one)
  await mkdir(two, { recursive: true })
  await clone(two)
  const first = await built(one, "022", { LC_ALL: "C", TZ: "UTC" })
  const second = await built(two, "077", { LC_ALL: "fa_IR.UTF-8", LANG: "fa_IR.UTF-8", TZ: "Asia/Tehran" })
  expect(first.size).toBeGreaterThan(8)
  expect(Object.fromEntries(second)).toEqual(Object.fromEntries(first))
})
