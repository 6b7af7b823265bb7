import { equalBytes } from "@govah/core/bytes"
import { forgetCommitment } from "@govah/core/cell"
import { RelayError } from "../../relay-error.ts"
import type { NamedCell, Post } from "../port.ts"
import { countReady, freeShare } from "./capacity.ts"
import type { PostOutcome } from "./group.ts"
import { makeReady } from "./room.ts"
import type { SlotCell, Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { turnWindow } from "./windows.ts"

/** The part of the capacity that the open lane leaves free. */
const RESERVED_SHARE = 0.25

/** Stores posts in one transaction; what it resolves to is durable. @throws RelayError `full`: none of them is kept. */
export async function commitPosts(
  file: SqliteFile,
  slots: Slots,
  posts: readonly Post[],
): Promise<PostOutcome[]> {
  const wanted = countCells(posts)
  for (;;) {
    // Room for known cells too: nobody may learn from the time which they are.
    const isReady = await makeReady(file, slots, wanted)
    const outcomes = await slots.write(() => {
      // Another process has forgotten something since: these cells could not lie there, and later ones could. Or it has
      // used what was ready for them.
      if (slots.isStale() || (isReady && slots.countReady() < wanted)) return null
      const window = turnWindow(file, slots)
      const outcomes = posts.map((post) => putPost(file, slots, post, window))
      // Written in every transaction: one that stores nothing new must wait for the disk like any other.
      file.prepare("UPDATE listing SET pulse = randomblob(16)").run()
      return outcomes
    })
    if (outcomes !== null) return outcomes
  }
}

function countCells(posts: readonly Post[]): number {
  return posts.reduce((sum, { cells }) => sum + cells.length, 0)
}

function putPost(file: SqliteFile, slots: Slots, { cells, lane, spends }: Post, window: number): PostOutcome {
  if (lane === "open") {
    // Also for known cells, which need no room: to take them would say that they are known.
    if (freeShare(file, slots) < RESERVED_SHARE)
      return new RelayError(
        "full",
        "the open share of the store is full; what was acknowledged before is safe",
      )
  }
  if (spends !== undefined && isSpent(file, spends.hash))
    return new RelayError("token-spent", "this token has been spent; nothing of the post is kept")
  const fresh = pickFresh(file, slots, cells, window)
  if (fresh.length > countReady(file, slots))
    return new RelayError("full", "the store is full; what was acknowledged before is safe")
  if (spends !== undefined)
    file.prepare("INSERT INTO spent_token (hash, until_day) VALUES (?, ?)").run(spends.hash, spends.untilDay)
  const known = cells.length - fresh.length
  slots.fill(fresh)
  slots.pretend(known)
  return { stored: fresh.length, known }
}

function isSpent(file: SqliteFile, hash: Uint8Array): boolean {
  return file.prepare("SELECT 1 FROM spent_token WHERE hash = ?").get(hash) !== undefined
}

function pickFresh(file: SqliteFile, slots: Slots, cells: readonly NamedCell[], window: number): SlotCell[] {
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
  return [...fresh.values()]
}

function isKnown(file: SqliteFile, slots: Slots, id: Uint8Array, body: Uint8Array): boolean {
  const spot = slots.spots.find(id)
  if (spot !== null) {
    // What the disk has damaged is healed by whoever sends it again.
    if (!equalBytes(slots.bodies.read(spot.place), body)) {
      slots.bodies.write(spot.place, body)
      slots.rows.set(spot.place, { ...spot, commitment: forgetCommitment(body) })
    }
    return true
  }
  const cell = file.prepare("SELECT place FROM cell WHERE id = ?").get(id) as { place: number } | undefined
  if (cell !== undefined) {
    if (!equalBytes(slots.bodies.read(cell.place), body)) {
      slots.bodies.write(cell.place, body)
      file.prepare("UPDATE cell SET commitment = ? WHERE id = ?").run(forgetCommitment(body), id)
    }
    return true
  }
  const tombstone = file.prepare("SELECT commitment FROM tombstone WHERE id = ?").get(id)
  if (tombstone === undefined) return false
  if (equalBytes(tombstone["commitment"] as Uint8Array, forgetCommitment(body))) return true
  // Another relay sent a tombstone whose token is not this cell's: it had no right to.
  file.prepare("DELETE FROM tombstone WHERE id = ?").run(id)
  return false
}
