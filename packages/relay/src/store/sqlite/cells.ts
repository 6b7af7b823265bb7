import { equalBytes } from "@govah/core/bytes"
import { forgetCommitment } from "@govah/core/cell"
import { RelayError } from "../../relay-error.ts"
import type { Capacity, NamedCell, Post, PutResult } from "../port.ts"
import { bytesLeft, bytesUsed } from "./capacity.ts"
import type { PostOutcome } from "./group.ts"
import type { SlotCell, Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { turnWindow } from "./windows.ts"

/** The part of the capacity that the open lane leaves free. */
const RESERVED_SHARE = 0.25

/** Stores posts in one transaction; what it returns is durable. @throws RelayError `full`: none of them is kept. */
export function commitPosts(file: SqliteFile, slots: Slots, posts: readonly Post[]): PostOutcome[] {
  return slots.write(() => {
    const window = turnWindow(file, slots)
    const outcomes = posts.map((post) => putPost(file, slots, post, window))
    // Written in every transaction: one that stores nothing new must wait for the disk like any other.
    file.prepare("UPDATE listing SET pulse = randomblob(16)").run()
    return outcomes
  })
}

/** Bytes used and left. Inside `slots.read` or `slots.write`. */
export function readCapacity(file: SqliteFile, slots: Slots): Capacity {
  const inSlots = slots.freeBytes()
  const usedBytes = Math.max(0, bytesUsed(file) - inSlots)
  const freeBytes = bytesLeft(file) + inSlots
  return { usedBytes, freeBytes, totalBytes: usedBytes + freeBytes }
}

function putPost(file: SqliteFile, slots: Slots, { cells, lane, spends }: Post, window: number): PostOutcome {
  if (lane === "open") {
    // Also for known cells, which need no room: to take them would say that they are known.
    const { freeBytes, totalBytes } = readCapacity(file, slots)
    if (freeBytes < totalBytes * RESERVED_SHARE)
      return new RelayError(
        "full",
        "the open share of the store is full; what was acknowledged before is safe",
      )
  }
  if (spends !== undefined) {
    const spend = file.prepare("INSERT OR IGNORE INTO spent_token (hash, until_day) VALUES (?, ?)")
    if (spend.run(spends.hash, spends.untilDay).changes === 0)
      return new RelayError("token-spent", "this token has been spent; nothing of the post is kept")
  }
  return putCells(file, slots, cells, window)
}

function putCells(file: SqliteFile, slots: Slots, cells: readonly NamedCell[], window: number): PutResult {
  const today = file.today()
  const fresh = new Map<string, SlotCell>()
  for (const { id, body, day = today } of cells) {
    if (body.length !== file.cellBytes) throw new RangeError(`a cell has ${body.length} bytes`)
    if (day < today - file.retentionDays || isKnown(file, slots, id, body)) continue
    fresh.set(Buffer.from(id).toString("latin1"), {
      id,
      body,
      commitment: forgetCommitment(body),
      window,
      day: Math.min(day, today),
    })
  }
  const known = cells.length - fresh.size
  slots.fill([...fresh.values()])
  slots.pretend(known)
  return { stored: fresh.size, known }
}

function isKnown(file: SqliteFile, slots: Slots, id: Uint8Array, body: Uint8Array): boolean {
  const spot = slots.find(id)
  if (spot !== null) {
    // What the disk has damaged is healed by whoever sends it again.
    if (!equalBytes(slots.body(spot.place), body)) slots.heal(spot, body)
    return true
  }
  const cell = file.prepare("SELECT body FROM cell WHERE id = ?").get(id)
  if (cell !== undefined) {
    if (!equalBytes(cell["body"] as Uint8Array, body))
      file
        .prepare("UPDATE cell SET body = ?, commitment = ? WHERE id = ?")
        .run(body, forgetCommitment(body), id)
    return true
  }
  const tombstone = file.prepare("SELECT commitment FROM tombstone WHERE id = ?").get(id)
  if (tombstone === undefined) return false
  if (equalBytes(tombstone["commitment"] as Uint8Array, forgetCommitment(body))) return true
  // Another relay sent a tombstone whose token is not this cell's: it had no right to.
  file.prepare("DELETE FROM tombstone WHERE id = ?").run(id)
  return false
}
