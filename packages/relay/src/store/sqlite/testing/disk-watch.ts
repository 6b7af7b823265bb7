import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"

/** What a process did to the files of one folder, and what it said, in that order. */
export type DiskEvent =
  | { readonly kind: "write"; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: string; readonly length: number }
  /** `.` is the folder itself: names are durable. */
  | { readonly kind: "flush" | "remove"; readonly file: string }
  | { readonly kind: "told"; readonly text: string }

/**
 * Runs a program under strace, which must be installed.
 *
 * @param folder - its files are watched, by their paths in it.
 * @param log - where strace writes; outside of `folder`.
 */
export function watchDisk(
  folder: string,
  log: string,
  program: string,
  args: readonly string[],
): DiskEvent[] {
  const calls = "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink"
  const options = ["-f", "-qq", "-y", "-e", calls, "-xx", "-s", "70000", "-o", log]
  execFileSync("strace", [...options, process.execPath, program, ...args], { stdio: "pipe" })
  return parse(readFileSync(log, "latin1"), `${folder}/`)
}

// Lines such as `123 pwrite64(22</tmp/x/relay.db-wal>, "\x37\x7f", 2, 0) = 2`; one that another thread interrupted ends
// in `<unfinished ...>` and goes on later in `<... pwrite64 resumed>) = 2`.
function parse(log: string, folder: string): DiskEvent[] {
  const begun = new Map<string, string>()
  const events: DiskEvent[] = []
  for (const line of log.split("\n")) {
    const [, pid = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? []
    if (rest.endsWith("<unfinished ...>")) {
      begun.set(pid, rest.slice(0, -"<unfinished ...>".length))
      continue
    }
    const whole = rest.startsWith("<...")
      ? `${begun.get(pid) ?? ""}${rest.replace(/^<\.\.\. \w+ resumed>/, "")}`
      : rest
    const event = parseCall(whole, folder)
    if (event !== null) events.push(event)
  }
  return events
}

function parseCall(call: string, folder: string): DiskEvent | null {
  if (/\) += -1 /.test(call)) return null
  const told = /^write\(1<[^>]*>, "((?:\\x[0-9a-f]{2})*)"/.exec(call)?.[1]
  if (told !== undefined) return { kind: "told", text: decode(told).toString().trim() }
  const removed = /^unlink\("((?:\\x[0-9a-f]{2})*)" *\)/.exec(call)?.[1]
  const path =
    removed === undefined
      ? decodePath(/^\w+\(\d+<([^>]*)>/.exec(call)?.[1] ?? "")
      : decode(removed).toString()
  if (`${path}/` === folder && call.startsWith("f")) return { kind: "flush", file: "." }
  if (!path.startsWith(folder)) return null
  const file = path.slice(folder.length)
  if (removed !== undefined) return { kind: "remove", file }
  if (call.startsWith("f") && call.includes("sync(")) return { kind: "flush", file }
  const length = /^ftruncate\(\d+<[^>]*>, (\d+) *\)/.exec(call)?.[1]
  if (length !== undefined) return { kind: "truncate", file, length: Number(length) }
  const write = /^pwrite64\(\d+<[^>]*>, "((?:\\x[0-9a-f]{2})*)", (\d+), (\d+) *\)/.exec(call)
  if (write === null) throw new Error(`a call that is not understood: ${call.slice(0, 80)}`)
  const bytes = decode(write[1] as string)
  if (bytes.length !== Number(write[2])) throw new Error("strace cut a write short")
  return { kind: "write", file, at: Number(write[3]), bytes }
}

function decode(escaped: string): Buffer {
  return Buffer.from(escaped.replaceAll("\\x", ""), "hex")
}

// With -xx, some versions write the paths of -y in hex too.
function decodePath(path: string): string {
  return path.startsWith("\\x") ? decode(path).toString() : path
}
