import { concatBytes, toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { FeedError } from "./feed-error.ts"
import { type FeedHead, MAX_HEAD_BYTES, openFeedHead } from "./feed-head.ts"

/** Most heads of one proof: what was accepted, and what was refused beside it, a few times. */
export const MAX_PROOF_HEADS = 16

/** A head in a proof, and the SHA-256 of its bytes, hex. */
export interface ProvenHead {
  readonly head: FeedHead
  readonly hash: string
}

/** What heads that were kept as proof say, whoever shows them. */
export interface FeedProof {
  readonly heads: readonly ProvenHead[]
  /**
   * Pairs that one key signed and that cannot both be true: of one number, or of two that follow one another where the later
   * one names another before it. Empty: every head is the desk's, and they agree; then it is only known which of them
   * somebody was given, and when is not.
   */
  readonly contradictions: readonly (readonly [ProvenHead, ProvenHead])[]
}

/** Heads one after another, as they came. */
export function writeFeedProof(heads: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...heads)
}

/**
 * Reads a proof and judges it by signatures and hashes alone.
 *
 * @param received - attacker-controlled.
 * @throws FeedError as `openFeedHead` for the first head that is none; `truncated` for none at all; `too-long` for more
 * than 16.
 */
export async function readFeedProof(received: Uint8Array, primitives: Primitives): Promise<FeedProof> {
  const heads: ProvenHead[] = []
  for (let at = 0; at < received.length; ) {
    if (heads.length === MAX_PROOF_HEADS) throw new FeedError("too-long", "too many heads for a proof")
    const bytes = received.subarray(at, endOfHead(received, at))
    heads.push({ head: await openFeedHead(bytes, primitives), hash: toHex(await primitives.sha256(bytes)) })
    at += bytes.length
  }
  if (heads.length === 0) throw new FeedError("truncated", "a proof without a head")
  const contradictions = heads.flatMap((one, i) =>
    heads.slice(i + 1).flatMap((other) => (contradict(one, other) ? [[one, other] as const] : [])),
  )
  return { heads, contradictions }
}

/** A head is two lines. */
function endOfHead(bytes: Uint8Array, from: number): number {
  const within = bytes.subarray(from, from + MAX_HEAD_BYTES + 1)
  const first = within.indexOf(LF)
  const second = first < 0 ? -1 : within.indexOf(LF, first + 1)
  return from + (second < 0 ? within.length : second + 1)
}

const LF = 10

function contradict(one: ProvenHead, other: ProvenHead): boolean {
  if (one.head.desk !== other.head.desk || one.hash === other.hash) return false
  const [earlier, later] = one.head.number <= other.head.number ? [one, other] : [other, one]
  if (earlier.head.number === later.head.number) return true
  return later.head.number === earlier.head.number + 1 && later.head.previous !== earlier.hash
}
