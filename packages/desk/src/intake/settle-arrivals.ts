import { fromBase64Url } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { type Act, reportOf } from "@govah/core/ledger"
import { OpenError } from "@govah/core/open"
import { invitationHash } from "../identity/card.ts"
import type { Room } from "../room.ts"
import { openDoor } from "./door.ts"
import { openHeld } from "./open-held.ts"
import { readCell } from "./store-cells.ts"

/** What the desk learnt from new arrivals. */
export interface Settled {
  readonly received: CellId[]
  readonly unreadable: CellId[]
  carried: number
}

interface Arrival {
  readonly root: CellId
  readonly sender: string
  readonly road: "relay" | "file"
  readonly day: string
}

/**
 * Tries our keys on every root that arrived since, and writes into the ledger what is ours: `received` or `unreadable`
 * once a root, `carried` once for every further sender.
 *
 * The entry and the mark that it was written are one transaction: a process killed at any instant does not do it twice,
 * and the next call does what is left.
 */
export async function settleArrivals(room: Room, signal: AbortSignal | undefined): Promise<Settled> {
  const { store } = room
  const settled: Settled = { received: [], unreadable: [], carried: 0 }
  const door = openDoor(room)
  for (;;) {
    signal?.throwIfAborted()
    const arrival = store.get<Arrival>(
      "SELECT root, sender, road, day FROM arrival WHERE settled = 0 ORDER BY rowid LIMIT 1",
    )
    if (arrival === undefined) return settled
    const act = isOurs(room, arrival.root) ? carried(arrival) : await firstLook(room, arrival)
    if (act === null) {
      // Not ours: nor is it for any other sender of the same bytes.
      store.run("UPDATE arrival SET settled = 1 WHERE root = ?", arrival.root)
    } else if (!door.lets(act)) {
      store.run("UPDATE arrival SET settled = 2 WHERE root = ?", arrival.root)
    } else if (await write(room, arrival, act)) {
      // Another root of a report that is here is no other report.
      if (act.kind === "received" || act.kind === "received-part") {
        if (reportOf(room.book.state(), arrival.root)?.root === arrival.root) {
          settled.received.push(arrival.root)
        }
      } else if (act.kind === "unreadable") settled.unreadable.push(arrival.root)
      else settled.carried++
    }
  }
}

type ArrivalAct = Extract<Act, { readonly kind: "received" | "received-part" | "unreadable" | "carried" }>

async function firstLook(room: Room, arrival: Arrival): Promise<ArrivalAct | null> {
  const cell = readCell(room.store, arrival.root)
  if (cell === null) return null
  const { day, road } = arrival
  const seen = { root: arrival.root, day, road, from: arrival.sender.slice(0, 300) }
  try {
    const held = await openHeld(room, cell)
    if (held === null) return null
    const { root: opened } = held
    const signature = opened.signatureValid ? "good" : "bad"
    const { parcel } = opened.document
    if (opened.part === "closing") {
      const { closer, provisional } = opened.document
      const unsaid = { unit: null, invitation: null } as const
      return {
        kind: "received-part",
        ...seen,
        part: "closing",
        parcel,
        ...unsaid,
        closer,
        provisional,
        signature,
      }
    }
    const { sender } = opened.document
    const secret = sender.invitation === null ? null : fromBase64Url(sender.invitation)
    const invitation = secret === null ? null : await invitationHash(secret, room)
    const said = { parcel, unit: sender.key, invitation, signature } as const
    if (opened.part === "final") return { kind: "received", ...seen, ...said }
    const { closer } = opened.document.recording
    return { kind: "received-part", ...seen, part: "provisional", ...said, closer, provisional: null }
  } catch (error) {
    if (!(error instanceof OpenError)) throw error
    return { kind: "unreadable", ...seen, code: error.code }
  }
}

function carried({ root, day, road, sender }: Arrival): ArrivalAct {
  return { kind: "carried", root, day, road, from: sender.slice(0, 300) }
}

function isOurs(room: Room, root: CellId): boolean {
  return room.store.get("SELECT 1 FROM root WHERE id = ?", root) !== undefined
}

// A provisional root is one cell and names no other: there is nothing more of it to come.
function waits(act: ArrivalAct): boolean {
  return act.kind !== "received-part" || act.part === "closing"
}

class SettledElsewhere extends Error {}

// False where another process of this desk settled the arrival in the meantime.
async function write(room: Room, arrival: Arrival, act: ArrivalAct): Promise<boolean> {
  const { store } = room
  try {
    await room.book.append([act], () => {
      const marked = store.run(
        "UPDATE arrival SET settled = 1 WHERE root = ? AND sender = ? AND settled = 0",
        arrival.root,
        arrival.sender,
      )
      if (marked === 0) throw new SettledElsewhere()
      if (act.kind === "carried") return
      if (isOurs(room, arrival.root)) throw new SettledElsewhere()
      const standing = act.kind === "unreadable" ? "unreadable" : waits(act) ? "waiting" : "whole"
      store.run("INSERT INTO root (id, standing) VALUES (?, ?)", arrival.root, standing)
      store.run("UPDATE cell SET ours = 1 WHERE id = ?", arrival.root)
    })
    return true
  } catch (error) {
    if (error instanceof SettledElsewhere) return false
    throw error
  }
}
