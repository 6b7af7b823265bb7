import { type ChildProcess, spawn } from "node:child_process"
import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { vi } from "vitest"

/** Whom a tor runs as. Where the tests are root, a tor is not: it would only warn, and keys would be root's. */
export interface TorUser {
  readonly uid: number
  readonly gid: number
}

/** One tor of a private network. */
export interface TorProcess {
  readonly folder: string
  /** What it has logged, for a test that failed; this log is the test's alone. */
  log(): string
  /** Waits until it has built circuits. */
  bootstrapped(): Promise<void>
  /** Kills it at once. Calling it again is harmless. */
  kill(): Promise<void>
}

/** The user that Debian's package made, or nobody; null where the tests themselves are not root. */
export function torUser(): TorUser | null {
  if (process.getuid?.() !== 0) return null
  const users = readFileSync("/etc/passwd", "utf8").split("\n")
  const line = ["debian-tor:", "nobody:"].flatMap((name) => users.find((user) => user.startsWith(name)) ?? [])
  const [, , uid, gid] = line[0]?.split(":") ?? []
  if (uid === undefined || gid === undefined) throw new Error("this machine has no user that is not root")
  return { uid: Number(uid), gid: Number(gid) }
}

/** A folder that tor takes: its own, and nobody else's. */
export function makeTorFolder(folder: string, user: TorUser | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user !== null) chownSync(folder, user.uid, user.gid)
}

/** Starts a tor. It ends itself where this process dies (`__OwningControllerProcess`), so that none is left behind. */
export function startTor(folder: string, torrc: string, user: TorUser | null): TorProcess {
  makeTorFolder(folder, user)
  const file = join(folder, "torrc")
  const logFile = join(folder, "log")
  writeFileSync(file, `${torrc}\nLog notice file ${logFile}\n__OwningControllerProcess ${process.pid}\n`)
  const child = spawn("tor", ["-f", file, "--defaults-torrc", "/nonexistent", "--quiet"], {
    stdio: "ignore",
    env: { PATH: process.env["PATH"], HOME: folder },
    ...user,
  })
  const log = (): string => {
    try {
      return readFileSync(logFile, "utf8")
    } catch {
      return ""
    }
  }
  return {
    folder,
    log,
    bootstrapped: async () => await waitFor(() => /Bootstrapped 100%/.test(log()) || ended(child), log),
    kill: async () => {
      if (ended(child)) return
      const gone = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await gone
    },
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Looks five times a second, for three minutes at most. @param log - shown where it takes longer. */
export async function waitFor(done: () => boolean | Promise<boolean>, log: () => string): Promise<void> {
  try {
    await vi.waitUntil(done, { timeout: 180_000, interval: 200 })
  } catch (cause) {
    throw new Error(`not within three minutes; the last lines of tor's log:\n${log().slice(-2_000)}`, {
      cause,
    })
  }
}

/** Ports of loopback that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  return ports
}
