import { chmod, mkdir, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { DeskError } from "../desk-error.ts"
import { formatLock, type Lock, parseLock } from "./lock.ts"

const LOCK_FILE = "desk.json"
const STORE_FILE = "desk.db"

/** Where a desk's store lies. */
export function storePath(folder: string): string {
  return join(folder, STORE_FILE)
}

/**
 * Makes a desk's folder in one step: a killed process leaves either no desk, or a whole one.
 *
 * @param fill - writes the store into the folder that it is given.
 * @throws DeskError `desk-exists`, `not-empty`.
 */
export async function createFolder(
  path: string,
  lock: Lock,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = resolve(path)
  await requireEmpty(folder)
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const made = join(parent, `.${basename(folder)}.making`)
  // What an earlier attempt left: it never became a desk.
  await rm(made, { recursive: true, force: true })
  await mkdir(made, { mode: 0o700 })
  try {
    await fill(made)
    await chmod(storePath(made), 0o600)
    await writeDurably(join(made, LOCK_FILE), formatLock(lock))
    await flushFolder(made)
    await rmdir(folder).catch(ignoreMissing)
    await rename(made, folder)
    await flushFolder(parent)
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    throw error
  }
}

/** @throws DeskError `no-desk`, `damaged`. */
export async function readLock(folder: string): Promise<Lock> {
  let text: string
  try {
    text = await readFile(join(folder, LOCK_FILE), "utf8")
  } catch (error) {
    ignoreMissing(error)
    throw new DeskError("no-desk", "there is no desk in this folder", { cause: error })
  }
  return parseLock(text)
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    ignoreMissing(error)
    return [] as string[]
  })
  if (names.includes(LOCK_FILE)) throw new DeskError("desk-exists", "this folder already holds a desk")
  if (names.length > 0) throw new DeskError("not-empty", "this folder is not empty")
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and needs no flush of it.
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function ignoreMissing(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error
}
