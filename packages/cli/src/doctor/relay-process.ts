import { basename } from "node:path"
import { type Finding, finding } from "./finding.ts"
import type { Machine } from "./machine.ts"

/** A process that has a store open, as `/proc` shows it. */
export interface RelayProcess {
  readonly pid: number
  readonly uid: number
  /** Softest limit of a core dump, in bytes as text, or `unlimited`. */
  readonly coreLimit: string
  readonly swappedKiB: number
  /** Whether its memory may be written to swap at all. */
  readonly maySwap: boolean
  /** Addresses with ports that it listens on. */
  readonly listens: readonly { readonly address: string; readonly port: number }[]
}

/** Every process that has `file` open, this one left out; of others' only as root. */
export function relayProcesses(machine: Machine, file: string): readonly RelayProcess[] {
  const listeners = listeningSockets(machine)
  return machine.find("/proc/[0-9]*").flatMap((folder) => {
    const pid = Number(basename(folder))
    const open = machine.find(`${folder}/fd/*`).map((fd) => machine.link(fd))
    if (pid === process.pid || !open.includes(file)) return []
    const status = machine.read(`${folder}/status`) ?? ""
    const inodes = open.flatMap((path) => /^socket:\[(\d+)\]$/.exec(path ?? "")?.[1] ?? [])
    return [
      {
        pid,
        uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1),
        coreLimit: /^Max core file size\s+(\S+)/m.exec(machine.read(`${folder}/limits`) ?? "")?.[1] ?? "0",
        swappedKiB: Number(/^VmSwap:\s+(\d+)/m.exec(status)?.[1] ?? 0),
        maySwap: maySwap(machine, folder),
        listens: inodes.flatMap((inode) => listeners.get(inode) ?? []),
      },
    ]
  })
}

function maySwap(machine: Machine, folder: string): boolean {
  const group = /^0::(\S+)$/m.exec(machine.read(`${folder}/cgroup`) ?? "")?.[1] ?? "/"
  return machine.read(`/sys/fs/cgroup${group}/memory.swap.max`)?.trim() !== "0"
}

/** Listening TCP sockets by their inode. Source: proc(5), `/proc/net/tcp`: state 0A is LISTEN. */
function listeningSockets(machine: Machine): Map<string, { address: string; port: number }> {
  const found = new Map<string, { address: string; port: number }>()
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of (machine.read(table) ?? "").split("\n").slice(1)) {
      const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/)
      const [hex = "", port = ""] = local.split(":")
      if (state === "0A" && inode !== undefined)
        found.set(inode, { address: addressOf(hex), port: Number.parseInt(port, 16) })
    }
  }
  return found
}

// In words of four bytes, the first byte last.
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, "hex")].reverse())
  if (bytes.length === 4) return bytes.join(".")
  if (bytes.every((byte) => byte === 0)) return "::"
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return "::1"
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/(.{4})(?=.)/g, "$1:")
}

/** What a running relay gives away by how it was started. */
export function checkProcess(relay: RelayProcess, machine: Machine): readonly Finding[] {
  const found: Finding[] = []
  if (relay.uid === 0) {
    found.push(
      finding(
        "runs-as-root",
        `the relay (process ${relay.pid}) runs as root`,
        "a fault in it gives whoever finds it the whole machine",
        "run it as a user of its own: ops/systemd/govah-relay.service",
      ),
    )
  }
  const wide = relay.listens.filter(({ address }) => !address.startsWith("127.") && address !== "::1")
  for (const { address, port } of wide) {
    found.push(
      finding(
        "listens-wide",
        `the relay listens on ${address}, port ${port}`,
        "without TLS whoever watches the network sees who comes and how much they bring; on a hotspot that is meant so",
        "put tor or nginx in front of a socket: govah relay --onion DIR, ops/nginx/nginx.conf",
      ),
    )
  }
  const pattern = (machine.read("/proc/sys/kernel/core_pattern") ?? "").trim()
  const obeys = !pattern.startsWith("|") || /systemd-coredump|apport/.test(pattern)
  if (relay.coreLimit !== "0" || !obeys) {
    found.push(
      finding(
        "core-dumps",
        `a crash of the relay writes its memory to disk (limit ${relay.coreLimit}, core_pattern ${pattern || "unknown"})`,
        "memory holds addresses of those who are connected, and what they are sending",
        "LimitCORE=0 in its unit (ulimit -c 0 in a shell), and sysctl kernel.core_pattern=/dev/null",
      ),
    )
  }
  const swaps = (machine.read("/proc/swaps") ?? "").split("\n").slice(1)
  const onDisk = swaps.filter((line) => line.trim() !== "" && !/^\/dev\/(zram|dm-)/.test(line))
  if (relay.swappedKiB > 0 || (relay.maySwap && onDisk.length > 0)) {
    found.push(
      finding(
        "swap",
        relay.swappedKiB > 0
          ? `${relay.swappedKiB} KiB of the relay's memory are in swap now`
          : `the relay's memory may be written to ${onDisk.length} swap areas that are not encrypted`,
        "what was swapped stays on the disk after the relay has forgotten it",
        "MemorySwapMax=0 in its unit, or swapoff -a; encrypt swap with a key made at each start",
      ),
    )
  }
  return found
}
