import { equalBytes, toHex } from "../bytes/index.ts"
import { rebuildShards } from "../erasure/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { type Frame, type FrameKind, parseFrame } from "./frame.ts"

/** Objects that are waited for at once. A new one drops the one that got no frame for longest. */
const MAX_WAITING = 16
/** Different symbols that are kept for one index: at most one is right. */
const MAX_RIVALS = 3
/** Finished ids that are remembered, so that a loop that goes on costs nothing. */
const MAX_DONE = 4_096
/** Subsets that are tried for one frame that arrives. Each costs a few milliseconds. */
const TRIES_PER_FRAME = 12

/** A whole object, whose SHA-256 is the id that its frames named. */
export interface Collected {
  readonly kind: FrameKind
  /** SHA-256, hex. */
  readonly id: string
  readonly object: Uint8Array
}

/** How far the object is that the last frame belongs to. */
export interface FrameProgress {
  readonly id: string
  /** Different frames that are here. */
  readonly have: number
  /** How many are needed; more where some of them are false. */
  readonly need: number
  /** The object, when this frame completed it; else null. */
  readonly whole: Collected | null
  /** Enough frames are here and give nothing with the right hash: some are false, and more are needed. */
  readonly poisoned: boolean
}

/** Takes frames in any order, of several objects, from any moment on. Memory: at most 40 MB, whatever it is fed. */
export interface FrameCollector {
  /** @param received - the text of a QR code. @throws FrameError; then nothing has changed. */
  add(received: string): Promise<FrameProgress>
  /** Objects that were begun and are not whole. */
  waiting(): readonly { readonly id: string; readonly have: number; readonly need: number }[]
}

interface Waiting {
  readonly frame: Frame
  /** Symbols by index; several where one index was shown with different ones. */
  readonly symbols: Map<number, Uint8Array[]>
}

/** @param primitives - randomness chooses subsets: whoever shows false frames must not know which are tried. */
export function createFrameCollector(primitives: Pick<Primitives, "sha256" | "random">): FrameCollector {
  // In the order of the last frame.
  const waitingByKey = new Map<string, Waiting>()
  const done = new Set<string>()

  function enter(frame: Frame): { key: string; entry: Waiting; isNew: boolean } {
    // A false frame can say another length for the same id: those never meet.
    const key = [toHex(frame.id), frame.kind, frame.objectBytes, frame.count].join(" ")
    const entry = waitingByKey.get(key) ?? { frame, symbols: new Map<number, Uint8Array[]>() }
    waitingByKey.delete(key)
    waitingByKey.set(key, entry)
    if (waitingByKey.size > MAX_WAITING) waitingByKey.delete([...waitingByKey.keys()][0] as string)
    const rivals = entry.symbols.get(frame.index) ?? []
    const isNew = rivals.length < MAX_RIVALS && !rivals.some((symbol) => equalBytes(symbol, frame.symbol))
    if (isNew) entry.symbols.set(frame.index, [...rivals, frame.symbol])
    return { key, entry, isNew }
  }

  return {
    add: async (received) => {
      const frame = parseFrame(received)
      const id = toHex(frame.id)
      const need = frame.count
      const name = `${frame.kind} ${id}`
      if (done.has(name)) return { id, have: need, need, whole: null, poisoned: false }
      const { key, entry, isNew } = enter(frame)
      const have = entry.symbols.size
      // A frame that came before changes nothing, but another subset may be lucky.
      if (have < need) return { id, have, need, whole: null, poisoned: false }
      const object = await solve(entry, isNew, primitives)
      if (object === null) return { id, have, need, whole: null, poisoned: true }
      waitingByKey.delete(key)
      done.add(name)
      if (done.size > MAX_DONE) done.delete([...done][0] as string)
      return { id, have, need, whole: { kind: frame.kind, id, object }, poisoned: false }
    },
    waiting: () =>
      [...waitingByKey.values()].map(({ frame, symbols }) => ({
        id: toHex(frame.id),
        have: symbols.size,
        need: frame.count,
      })),
  }
}

async function solve(
  { frame, symbols }: Waiting,
  isNew: boolean,
  primitives: Pick<Primitives, "sha256" | "random">,
): Promise<Uint8Array | null> {
  // With exactly enough frames and one symbol each there is one subset: trying it again would be in vain.
  const choices = symbols.size > frame.count || [...symbols.values()].some((rivals) => rivals.length > 1)
  const tries = choices ? TRIES_PER_FRAME : isNew ? 1 : 0
  for (let attempt = 0; attempt < tries; attempt++) {
    const chosen = choose(symbols, frame, attempt, primitives)
    const rebuilt = rebuildShards(frame.count, chosen)
    if (rebuilt === null) return null
    const object = join(rebuilt, frame)
    if (object !== null && equalBytes(await primitives.sha256(object), frame.id)) return object
  }
  return null
}

// The first subset is the cheapest: data symbols first, as they came. Further ones are by chance: with t false frames of
// N, a subset of K is free of them with the probability C(N-t, K) / C(N, K), which grows with every frame.
function choose(
  symbols: Map<number, Uint8Array[]>,
  frame: Frame,
  attempt: number,
  { random }: Pick<Primitives, "random">,
): Map<number, Uint8Array> {
  const indexes = [...symbols.keys()]
  if (attempt === 0) indexes.sort((a, b) => a - b)
  else shuffle(indexes, random(indexes.length * 2))
  const chance = random(frame.count)
  return new Map(
    indexes.slice(0, frame.count).map((index, i) => {
      const rivals = symbols.get(index) as Uint8Array[]
      return [index, rivals[attempt === 0 ? 0 : (chance[i] as number) % rivals.length] as Uint8Array]
    }),
  )
}

function shuffle(list: number[], chance: Uint8Array): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = ((chance[2 * i] as number) * 256 + (chance[2 * i + 1] as number)) % (i + 1)
    const kept = list[i] as number
    list[i] = list[j] as number
    list[j] = kept
  }
}

// The padding of the last symbol is zeros: anything else is a second spelling.
function join(symbols: readonly Uint8Array[], frame: Frame): Uint8Array | null {
  const symbolBytes = frame.symbol.length
  const all = new Uint8Array(symbolBytes * symbols.length)
  symbols.forEach((symbol, j) => all.set(symbol, j * symbolBytes))
  if (all.subarray(frame.objectBytes).some((byte) => byte !== 0)) return null
  return all.slice(0, frame.objectBytes)
}
