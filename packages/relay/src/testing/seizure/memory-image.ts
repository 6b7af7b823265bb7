import { closeSync, openSync, readFileSync, readSync } from "node:fs"

/** A client's end of a connection, as the relay's machine sees it. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/**
 * All memory of a process that is readable and was ever touched: what a core file holds, without the gigabytes of nothing
 * that V8 reserves. Linux alone; the process is stopped meanwhile, so that the image is of one instant.
 *
 * @param pid - of a child of ours.
 */
export function takeMemory(pid: number): Buffer {
  process.kill(pid, "SIGSTOP")
  const pages = openSync(`/proc/${pid}/pagemap`, "r")
  const memory = openSync(`/proc/${pid}/mem`, "r")
  try {
    const runs = readableRegions(pid).flatMap((region) => touchedRuns(region, pages))
    return Buffer.concat(runs.map(({ from, byteLength }) => readAt(memory, from, byteLength)))
  } finally {
    closeSync(memory)
    closeSync(pages)
    process.kill(pid, "SIGCONT")
  }
}

interface Region {
  readonly from: number
  readonly byteLength: number
}

const PAGE_BYTES = 4096
/** Bytes of one page in `pagemap`; its two highest bits say that the page is in memory, or in swap. */
const ENTRY_BYTES = 8

function readableRegions(pid: number): Region[] {
  const regions: Region[] = []
  for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) r(?!.*\[v)/.exec(line)
    if (match === null) continue
    const from = Number.parseInt(match[1] as string, 16)
    regions.push({ from, byteLength: Number.parseInt(match[2] as string, 16) - from })
  }
  return regions
}

function touchedRuns({ from, byteLength }: Region, pages: number): Region[] {
  const entries = readAt(pages, (from / PAGE_BYTES) * ENTRY_BYTES, (byteLength / PAGE_BYTES) * ENTRY_BYTES)
  const runs: { from: number; byteLength: number }[] = []
  for (let i = 0; i * ENTRY_BYTES < entries.length; i++) {
    if ((entries[i * ENTRY_BYTES + 7] as number) < 0x40) continue
    const at = from + i * PAGE_BYTES
    const last = runs.at(-1)
    if (last !== undefined && last.from + last.byteLength === at) last.byteLength += PAGE_BYTES
    else runs.push({ from: at, byteLength: PAGE_BYTES })
  }
  return runs
}

function readAt(file: number, from: number, byteLength: number): Buffer {
  const bytes = Buffer.alloc(byteLength)
  let read = 0
  while (read < byteLength) {
    const got = readSync(file, bytes, read, Math.min(byteLength - read, 2 ** 26), from + read)
    if (got === 0) break
    read += got
  }
  return bytes.subarray(0, read)
}

/** Every place where `pattern` begins. */
export function placesOf(memory: Buffer, pattern: Uint8Array): number[] {
  const places: number[] = []
  for (let at = memory.indexOf(pattern); at >= 0; at = memory.indexOf(pattern, at + 1)) places.push(at)
  return places
}

/**
 * Everywhere that an endpoint's address stands: as text of one or two bytes a character, alone or mapped into IPv6, and
 * as the kernel hands it over, with the port of that connection (an address alone is four bytes, which chance has too).
 */
export function placesOfAddress(memory: Buffer, { address, port }: Endpoint): number[] {
  const text = Buffer.from(address, "latin1")
  const binary = Buffer.from(address.split(".").map(Number))
  const portBytes = Buffer.from([port >> 8, port & 0xff])
  const patterns = [
    Buffer.from(address, "utf16le"),
    Buffer.concat([Buffer.from([2, 0]), portBytes, binary]),
    Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), binary]),
  ]
  // 127.0.0.2 must not be found in 127.0.0.25.
  const asText = placesOf(memory, text).filter((at) => !isDigit(memory[at + text.length]))
  return [...asText, ...patterns.flatMap((pattern) => placesOf(memory, pattern))]
}

/** Ids (32 B) that stand, as bytes or in hex, within `reach` bytes of one of these places. */
export function idsNear(
  memory: Buffer,
  places: readonly number[],
  ids: readonly Uint8Array[],
  reach: number,
): number {
  const around = places.map((at) => memory.subarray(Math.max(0, at - reach), at + reach))
  return ids.filter((id) => {
    const hex = Buffer.from(id).toString("hex")
    return around.some((bytes) => bytes.includes(id) || bytes.includes(hex))
  }).length
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
