import { open } from "node:fs/promises"
import { basename } from "node:path"
import { splitBundle } from "@govah/core/cell"
import { readCarriedFile } from "@govah/core/veil"
import { DeskError } from "../desk-error.ts"
import type { PullProgress, PullSummary, SourceSummary } from "../desk.ts"
import { fetchPage } from "../relays/relay-client.ts"
import { type KnownRelay, readRelays } from "../relays/relays.ts"
import type { Room } from "../room.ts"
import { completeReports } from "./complete.ts"
import { waitingAtDoor } from "./door.ts"
import { dropForeign } from "./drop-foreign.ts"
import { type Settled, settleArrivals } from "./settle-arrivals.ts"
import { storeCells } from "./store-cells.ts"

/** Told after every batch that is durable. */
export type OnProgress = (line: PullProgress) => void

/**
 * Pulls everything new from every relay, then settles it. A relay that fails is named; what it gave before is kept.
 *
 * @throws what `signal` was aborted with; what was stored until then stays, and the next pull goes on from there.
 */
export async function pullRelays(
  room: Room,
  report: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<PullSummary> {
  const sources: SourceSummary[] = []
  const settled = await settleArrivals(room, signal)
  for (const relay of readRelays(room.store)) {
    sources.push(await pullRelay(room, relay, settled, report, signal))
  }
  return await finish(room, sources, settled, signal)
}

/** Takes a file that was carried by hand, veiled or plain. @throws DeskError `no-bundle`. */
export async function takeFile(room: Room, path: string): Promise<PullSummary> {
  const settled = await settleArrivals(room, undefined)
  const source = await storeFile(room, path)
  merge(settled, await settleArrivals(room, undefined))
  return await finish(room, [source], settled, undefined)
}

/**
 * Most pages that one relay gives in one pull: 4 GiB. A relay that always says that there is more would fill the disk; so
 * it is a person who pulls again.
 */
const MAX_PULL_PAGES = 1_024

async function pullRelay(
  room: Room,
  relay: KnownRelay,
  settled: Settled,
  report: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<SourceSummary> {
  const { store } = room
  let { cursor } = relay
  let cells = 0
  let newCells = 0
  let more = false
  let failed: SourceSummary["failed"] = null
  try {
    for (let pages = 1; ; pages++) {
      signal?.throwIfAborted()
      const page = await fetchPage(relay, cursor, { ways: room.deps.ways, signal })
      const bundle = splitBundle(page.bundle)
      const added = await storeCells(room, bundle.cells, { road: "relay", name: relay.url }, () =>
        store.run("UPDATE relay SET cursor = ? WHERE url = ?", page.next, relay.url),
      )
      merge(settled, await settleArrivals(room, signal))
      cells += bundle.cells.length
      newCells += added
      report?.({ from: relay.url, cells: bundle.cells.length, newCells: added })
      // A relay that says there is more and stands still would keep us here for ever.
      if (!page.more || page.next === cursor) break
      if (pages === MAX_PULL_PAGES) {
        more = true
        break
      }
      cursor = page.next
    }
  } catch (error) {
    if (!(error instanceof DeskError) || signal?.aborted === true) throw error
    if (error.code !== "relay-failed" && error.code !== "road-not-available") throw error
    failed = { code: error.code, message: error.message }
  }
  return { from: relay.url, cells, newCells, cutBytes: 0, damaged: 0, more, failed }
}

async function storeFile(room: Room, path: string): Promise<SourceSummary> {
  const name = basename(path)
  let newCells = 0
  const file = await readCarriedFile(pieces(path), room.deps.primitives, async (cells) => {
    newCells += await storeCells(room, cells, { road: "file", name })
  })
  const { cells, damaged, cutBytes } = file
  if (cells === 0 && damaged === 0) {
    throw new DeskError("no-bundle", `the file holds no whole cell (${cutBytes} bytes)`)
  }
  return { from: name, cells, newCells, cutBytes, damaged, more: false, failed: null }
}

async function* pieces(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path, "r").catch(notReadable)
  try {
    const buffer = new Uint8Array(READ_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length).catch(notReadable)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

const READ_BYTES = 1_048_576

function notReadable(cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code ?? "unknown fault"
  throw new DeskError("no-bundle", `the file cannot be read (${code})`, { cause })
}

async function finish(
  room: Room,
  sources: readonly SourceSummary[],
  settled: Settled,
  signal: AbortSignal | undefined,
): Promise<PullSummary> {
  const { completed, unreadable, waiting } = await completeReports(room, { all: false, signal })
  await dropForeign(room, signal)
  return {
    sources,
    received: settled.received,
    completed,
    unreadable: [...settled.unreadable, ...unreadable],
    carried: settled.carried,
    waiting: waiting + unclosed(room),
    atDoor: waitingAtDoor(room),
  }
}

// A provisional root alone names no cell that could be awaited: its closing root comes or does not.
function unclosed(room: Room): number {
  return [...room.book.state().reportsByRoot.values()].filter(
    ({ recording, roots }) => recording === "open" && roots.every(({ part }) => part === "provisional"),
  ).length
}

function merge(into: Settled, more: Settled): void {
  into.received.push(...more.received)
  into.unreadable.push(...more.unreadable)
  into.carried += more.carried
}
