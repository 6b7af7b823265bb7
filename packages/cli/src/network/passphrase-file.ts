import { randomBytes } from "node:crypto"
import { open, readFile } from "node:fs/promises"

/**
 * The passphrase of the network's own desk: made once, kept beside it in a file that only this user reads.
 *
 * That is right for a rehearsal on loopback and wrong for a real desk, whose passphrase is in nobody's file.
 */
export async function keptPassphrase(file: string): Promise<string> {
  const there = await readFile(file, "utf8").catch(() => null)
  if (there !== null && there.trim() !== "") return there.trim()
  const made = randomBytes(20)
    .toString("hex")
    .replace(/(.{8})(?=.)/g, "$1-")
  const handle = await open(file, "w", 0o600)
  try {
    await handle.writeFile(`${made}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return made
}
