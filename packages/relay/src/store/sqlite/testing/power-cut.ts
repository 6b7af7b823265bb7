import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { DiskEvent } from "./disk-watch.ts"

/** A number from 0 up to a bound, not reached. */
export type Draw = (below: number) => number

/**
 * What a disk may hold after the power is cut: of each file, what was flushed, and of what came after the last flush any
 * part, in any order, down to single sectors. Written into `folder`.
 *
 * @param events - what happened before the cut.
 * @param draw - chooses what of the rest the disk happened to have.
 * @returns what the program had said by then.
 */
export function cutPower(events: readonly DiskEvent[], folder: string, draw: Draw): Set<string> {
  const files = new Map<string, DiskFile>()
  const told = new Set<string>()
  for (const event of events) {
    if (event.kind === "told") {
      told.add(event.text.replace(/^told /, ""))
      continue
    }
    if (event.file === ".") {
      for (const file of files.values()) removeForGood(file)
      continue
    }
    // What the companion `-shm` holds is made anew from the log, as after any crash.
    if (event.file.endsWith("-shm")) continue
    const file = files.get(event.file) ?? { durable: null, pending: [] }
    files.set(event.file, file)
    if (event.kind !== "flush") file.pending.push(event)
    else {
      for (const change of file.pending) apply(file, change)
      file.pending.length = 0
    }
  }
  // Sometimes nothing of the rest arrived, sometimes all of it, mostly a part.
  const share = draw(4)
  for (const [name, file] of files) {
    for (const change of file.pending) {
      if (share === 0) continue
      if (share === 1) apply(file, change)
      else applyPart(file, change, draw)
    }
    if (file.durable !== null) writeFileSync(join(folder, name), file.durable)
  }
  return told
}

interface DiskFile {
  durable: Buffer | null
  readonly pending: DiskEvent[]
}

function removeForGood(file: DiskFile): void {
  const at = file.pending.findLastIndex(({ kind }) => kind === "remove")
  if (at < 0) return
  file.durable = null
  file.pending.splice(0, at + 1)
}

function apply(file: DiskFile, change: DiskEvent): void {
  if (change.kind === "remove") file.durable = null
  else if (change.kind === "truncate") file.durable = resize(file.durable, change.length)
  else if (change.kind === "write") {
    file.durable = resize(file.durable, Math.max(file.durable?.length ?? 0, change.at + change.bytes.length))
    change.bytes.copy(file.durable, change.at)
  }
}

const SECTOR_BYTES = 512

function applyPart(file: DiskFile, change: DiskEvent, draw: Draw): void {
  if (change.kind !== "write") {
    if (draw(2) === 0) apply(file, change)
    return
  }
  for (let at = 0; at < change.bytes.length; at += SECTOR_BYTES) {
    const bytes = change.bytes.subarray(at, at + SECTOR_BYTES)
    if (draw(2) === 0) apply(file, { ...change, at: change.at + at, bytes })
  }
}

function resize(bytes: Buffer | null, length: number): Buffer {
  const resized = Buffer.alloc(length)
  bytes?.copy(resized, 0, 0, Math.min(length, bytes.length))
  return resized
}
