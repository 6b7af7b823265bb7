import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { join, resolve } from "node:path"
import { onTestFinished } from "vitest"
import { ENVIRONMENT, type GovahProcess, watchProcess } from "../govah-process.ts"

/**
 * A network of its own (Linux namespace), in which every address of the world is its own loopback, with all packets
 * captured: whatever a program in it tries to reach leaves a packet, whether anybody answers or not.
 *
 * One door leads out: the port {@link SOCKS_PORT}, behind which is tor's unix socket.
 */
export interface SealedRoom {
  /** Starts a Node program inside. */
  run(args: readonly string[], cwd: string): GovahProcess
  /** Shuts the door: nobody listens on the port any more. */
  shutDoor(): Promise<void>
  /** Ends the capture. @returns every packet that was seen. */
  packets(): Promise<readonly Packet[]>
}

/** A packet as tcpdump names it. */
export interface Packet {
  /** `tcp`, or anything else: `udp`, `icmp`, `other`. */
  readonly kind: string
  /** `address.port`; empty where it has none. */
  readonly from: string
  readonly to: string
}

/** Where a program in the room finds Tor's proxy. */
export const SOCKS_PORT = 9050

/** @param socket - tor's `SocksPort unix:…`. */
export async function openSealedRoom(folder: string, socket: string): Promise<SealedRoom> {
  const file = join(folder, "packets.pcap")
  // A user namespace as well, so that anybody may do it; in it nobody is root, or tcpdump would want to become another.
  const own = ["--user", "--map-user=1000", "--map-group=1000", "--keep-caps", "--net"]
  const world =
    "ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo"
  const script = `${world} && exec tcpdump -i any -n -U --immediate-mode -w "$0"`
  const capture = spawn("unshare", [...own, "sh", "-c", script, file], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  onTestFinished(() => end(capture, "SIGKILL"))
  await says(capture, "listening on", "stderr")
  const inside = (program: string, args: readonly string[], cwd: string): ChildProcess => {
    const enter = [
      "--target",
      `${capture.pid}`,
      "--user",
      "--net",
      "--preserve-credentials",
      program,
      ...args,
    ]
    const child = spawn("nsenter", enter, { cwd, stdio: ["ignore", "pipe", "pipe"], env: ENVIRONMENT })
    onTestFinished(() => end(child, "SIGKILL"))
    return child
  }
  const doorProgram = resolve(import.meta.dirname, "door-process.ts")
  const door = inside(process.execPath, [doorProgram, `${SOCKS_PORT}`, socket], folder)
  await says(door, "open")
  return {
    run: (args, cwd) => watchProcess(inside(process.execPath, args, cwd)),
    shutDoor: () => end(door, "SIGKILL"),
    packets: async () => {
      await end(capture, "SIGTERM")
      const text = execFileSync("tcpdump", ["-r", file, "-n", "-q", "-t"], {
        encoding: "utf8",
        maxBuffer: 1 << 30,
        stdio: ["ignore", "pipe", "ignore"],
      })
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map(parsePacket)
    },
  }
}

/** Packets that are not between a program in the room and the door. */
export function strayPackets(packets: readonly Packet[]): readonly Packet[] {
  const door = `127.0.0.1.${SOCKS_PORT}`
  return packets.filter(({ kind, from, to }) => kind !== "tcp" || (from !== door && to !== door))
}

// `lo    In  IP 127.0.0.1.49710 > 127.0.0.1.9050: tcp 0`
function parsePacket(line: string): Packet {
  const match = /IP6? (\S+) > (\S+): (\S+)/.exec(line)
  if (match === null) return { kind: "other", from: line, to: "" }
  const [, from = "", to = "", word = ""] = match
  const kind = /^(tcp|udp|icmp)/i.exec(word)?.[1]?.toLowerCase() ?? "other"
  return { kind, from, to }
}

async function says(
  child: ChildProcess,
  word: string,
  output: "stdout" | "stderr" = "stdout",
): Promise<void> {
  let text = ""
  await new Promise<void>((done, fail) => {
    child[output]?.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes(word)) done()
    })
    child.once("error", fail)
    child.once("exit", () => fail(new Error(`${child.spawnargs.join(" ")} ended early: ${text}`)))
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill(signal)
  await gone
}
