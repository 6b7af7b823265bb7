import { equalBytes } from "../bytes/index.ts"
import { mutate, seededRandom } from "./mutate.ts"

/** A reader of bytes that anyone may have written. */
export interface FuzzTarget {
  readonly name: string
  /** Inputs that it accepts, and what was found before. */
  readonly inputs: readonly Uint8Array[]
  /** How many of a hundred thousand cases it gets. */
  readonly share: number
  /**
   * Reads. What it refuses it throws, with a code of its format; what it accepts must say nothing that no input of the
   * corpus says.
   *
   * @returns whether it accepted.
   * @throws FuzzFinding where it accepted what it must not.
   */
  read(received: Uint8Array): Promise<boolean>
}

/** What a reader did and must not do. */
export class FuzzFinding extends Error {
  override readonly name = "FuzzFinding"
}

/** What a run came to. */
export interface FuzzOutcome {
  readonly cases: number
  /** Accepted, and harmless. */
  readonly accepted: number
  readonly refused: number
  /** Milliseconds of the slowest case. */
  readonly slowestMs: number
}

/** The names of the errors that say no; any other error is a crash. */
const REFUSALS = new Set([
  "BulletinError",
  "CardError",
  "FeedError",
  "FrameError",
  "LedgerError",
  "LogError",
  "ReleaseError",
  "OpenError",
  "PackError",
  "PublicationError",
  "ReconcileError",
  "ReplyError",
])

/**
 * Reads mutations of a target's inputs.
 *
 * @param nowMs - a clock, to find the slowest.
 * @throws FuzzFinding, naming the seed of the very case, whose input is `fuzzInput(target, seed)`.
 */
export async function fuzz(
  target: FuzzTarget,
  firstSeed: number,
  cases: number,
  nowMs: () => number,
): Promise<FuzzOutcome> {
  let accepted = 0
  let slowestMs = 0
  for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
    const received = fuzzInput(target, seed)
    const start = nowMs()
    try {
      if (await target.read(received)) accepted++
    } catch (error) {
      if (!isRefusal(error)) {
        const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
        throw new FuzzFinding(`${target.name}, seed ${seed}, ${received.length} bytes: ${why}`, {
          cause: error,
        })
      }
    }
    slowestMs = Math.max(slowestMs, nowMs() - start)
  }
  return { cases, accepted, refused: cases - accepted, slowestMs }
}

/** The input of one case. */
export function fuzzInput(target: FuzzTarget, seed: number): Uint8Array {
  const random = seededRandom(seed)
  const input = target.inputs[Math.floor(random() * target.inputs.length)] ?? new Uint8Array()
  return mutate(input, target.inputs, random)
}

/** Refused by a code of a closed list; everything else that is thrown is a fault of the reader. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    REFUSALS.has(error.name) &&
    typeof (error as { code?: unknown }).code === "string"
  )
}

/** @throws FuzzFinding where what was accepted is none of what may be said. */
export function mustBeOneOf(
  said: Uint8Array | string,
  allowed: ReadonlySet<string> | readonly Uint8Array[],
): true {
  const known =
    typeof said === "string"
      ? (allowed as ReadonlySet<string>).has(said)
      : (allowed as readonly Uint8Array[]).some((one) => equalBytes(one, said))
  if (!known) throw new FuzzFinding("it accepted what nobody has written")
  return true
}
