import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/** What is known of an onion service's address. */
export type Hostname =
  | { readonly state: "known"; readonly name: string }
  /** tor has not made it yet. */
  | { readonly state: "not-yet" }
  /** It is tor's alone to read. */
  | { readonly state: "not-ours" }

/** The address that tor has written beside a service's keys. @throws faults of the disk. */
export async function readHostname(folder: string): Promise<Hostname> {
  try {
    const name = (await readFile(join(folder, "hostname"), "latin1")).trim()
    return /^[a-z2-7]{56}\.onion$/.test(name) ? { state: "known", name } : { state: "not-yet" }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "ENOENT") return { state: "not-yet" }
    if (code === "EACCES" || code === "EPERM") return { state: "not-ours" }
    throw error
  }
}

/** Looks once a second until the address is there or cannot be read. Null where `signal` comes first. */
export async function waitForHostname(folder: string, signal: AbortSignal): Promise<Hostname | null> {
  for (;;) {
    const found = await readHostname(folder)
    if (found.state !== "not-yet") return found
    try {
      await wait(1_000, undefined, { signal })
    } catch {
      return null
    }
  }
}
