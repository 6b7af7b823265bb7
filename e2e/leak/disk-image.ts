import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A disk of its own, on which nothing else was ever written: what was deleted from it is still to be found. */
export interface DiskImage {
  readonly folder: string
  /** The whole disk, deleted files and all. */
  read(): Buffer
  release(): void
}

const BYTES = 512 * 2 ** 20

/** @returns why not, where this machine allows none: mounting is for root alone. */
export function makeDiskImage(): DiskImage | string {
  const work = mkdtempSync(join(tmpdir(), "govah-disk-"))
  const image = join(work, "disk")
  const folder = join(work, "mounted")
  writeFileSync(image, "")
  truncateSync(image, BYTES)
  const steps = [
    ["mke2fs", "-q", "-t", "ext4", image],
    ["mkdir", folder],
    ["mount", "-o", "loop", image, folder],
  ] as const
  for (const [program, ...args] of steps) {
    const done = run(program, ...args)
    if (done === null) continue
    rmSync(work, { recursive: true, force: true })
    return `no disk of its own for this test: ${program}: ${done}`
  }
  return {
    folder,
    read: () => {
      run("sync", "-f", folder)
      return readFileSync(image)
    },
    release: () => {
      run("umount", folder)
      rmSync(work, { recursive: true, force: true })
    },
  }
}

/** @returns null where it worked, and else what it said. */
function run(program: string, ...args: string[]): string | null {
  const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`
  const done = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, PATH: path } })
  if (done.status === 0) return null
  return done.error?.message ?? done.stderr.trim()
}
