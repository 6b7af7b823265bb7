import { createHash } from "node:crypto"
import { CELL_BYTES } from "@govah/core/cell"
import { pieces } from "./pieces.ts"
import { seededRandom } from "./random.ts"

/** What is known of a cell by whoever sent it: the truth that an examiner tries to find again. */
export interface SentCell {
  /** Lower-case hex. */
  readonly id: string
  readonly parcel: number
  readonly sender: number
  readonly desk: number
  /** What to look for in what was seized; see `pieces.ts`. */
  readonly pieces: readonly Uint8Array[]
}

/** How much is sent, and how. */
export interface TrafficPlan {
  readonly seed: string
  readonly parcels: number
  readonly senders: number
  readonly desks: number
  /** Of the relay's clock, but for the rush. */
  readonly hours: number
  /** So many of the parcels come at the end, in less than an hour: the open window is then large. */
  readonly rush: number
}

/** What the traffic is lent. */
export interface TrafficDeps {
  /** The cells of one parcel. */
  seal(parcel: number, sender: number, desk: number): Promise<readonly Uint8Array[]>
  /** Sends one bundle of one sender and waits for its acknowledgement. */
  post(bundle: Uint8Array, sender: number): Promise<void>
  /** Moves the relay's clock on. */
  pass(milliseconds: number): void
}

interface Session {
  readonly sender: number
  readonly parcels: readonly number[]
}

const HOUR_MS = 3_600_000
const RUSH_MS = HOUR_MS / 2
/** Parcels that one sender sends in one go: it comes, empties its outbox and is gone. */
const MOST_IN_A_SESSION = 8

/**
 * Sends everything as people do: in sessions, a few at once, whose posts alternate. That what one person sends comes
 * close together is exactly what a store could betray.
 *
 * @returns what was sent, in the order of sending.
 */
export async function sendTraffic(plan: TrafficPlan, deps: TrafficDeps): Promise<SentCell[]> {
  const random = seededRandom(plan.seed)
  const sessions = planSessions(plan)
  const sent: SentCell[] = []
  const open: { readonly sender: number; left: number[] }[] = []
  const pause = Math.floor((plan.hours * HOUR_MS) / (plan.parcels - plan.rush))
  const rushPause = Math.floor(RUSH_MS / Math.max(1, plan.rush))
  let toSend = plan.parcels
  while (sessions.length > 0 || open.length > 0) {
    const wanted = 1 + random.below(3)
    while (open.length < wanted) {
      const next = sessions.pop()
      if (next === undefined) break
      open.push({ sender: next.sender, left: [...next.parcels] })
    }
    const turn = random.below(open.length)
    const session = open[turn] as { readonly sender: number; left: number[] }
    const parcel = session.left.pop() as number
    const longest = toSend-- > plan.rush ? pause : rushPause
    if (session.left.length === 0) open.splice(turn, 1)
    const { sender } = session
    const desk = sender % plan.desks
    const cells = random.shuffle(await deps.seal(parcel, sender, desk))
    sent.push(...cells.map((cell) => noteCell(cell, parcel, sender, desk)))
    // On a bad line a parcel goes up in two posts.
    const cut = cells.length > 1 && random.below(3) === 0 ? 1 : cells.length
    for (const part of [cells.slice(0, cut), cells.slice(cut)]) {
      if (part.length > 0) await deps.post(join(part), sender)
      deps.pass(random.below(longest))
    }
  }
  return sent
}

function planSessions({ seed, parcels, senders }: TrafficPlan): Session[] {
  const random = seededRandom(`${seed} sessions`)
  const sessions: Session[] = []
  for (let next = 0; next < parcels; ) {
    const count = Math.min(parcels - next, 1 + random.below(MOST_IN_A_SESSION))
    sessions.push({
      sender: random.below(senders),
      parcels: Array.from({ length: count }, (_, i) => next + i),
    })
    next += count
  }
  return sessions
}

function noteCell(cell: Uint8Array, parcel: number, sender: number, desk: number): SentCell {
  const id = createHash("sha256").update(cell).digest()
  return { id: id.toString("hex"), parcel, sender, desk, pieces: pieces(id, cell) }
}

function join(cells: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(cells.length * CELL_BYTES)
  cells.forEach((cell, i) => bundle.set(cell, i * CELL_BYTES))
  return bundle
}
