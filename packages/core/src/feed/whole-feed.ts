import { concatBytes, toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { FeedError } from "./feed-error.ts"
import { type FeedHead, listedParts, MAX_HEAD_BYTES, openFeedHead } from "./feed-head.ts"
import type { ListedPart } from "./part-list.ts"

/** A head with all its parts. */
export interface WholeFeed {
  readonly head: FeedHead
  readonly headBytes: Uint8Array
  /** By SHA-256, hex. */
  readonly partsByHash: ReadonlyMap<string, Uint8Array>
}

/** What a whole feed file holds, piece by piece: its head, then its parts in the order of `listedParts`. */
export type WholeFeedPiece =
  | { readonly kind: "head"; readonly head: FeedHead; readonly bytes: Uint8Array }
  | { readonly kind: "part"; readonly part: ListedPart; readonly bytes: Uint8Array }

/**
 * Reads a whole feed file: a head, then each part that it lists, and nothing after them.
 *
 * Nothing is read beyond what has been yielded: whoever stops after the head, whose signature has been verified, has
 * read no part. Memory: the longest part, and a piece of the source.
 *
 * @param received - attacker-controlled, in pieces of any length.
 * @throws FeedError all that `openFeedHead` throws; `truncated`; `bad-part` where a part has not the hash that the head
 *   lists; `malformed` for bytes after the last.
 */
export async function* readWholeFeed(
  received: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  primitives: Primitives,
): AsyncGenerator<WholeFeedPiece, void, void> {
  const source = take(received)
  try {
    const headBytes = await source.throughLines(2, MAX_HEAD_BYTES)
    const head = await openFeedHead(headBytes, primitives)
    yield { kind: "head", head, bytes: headBytes }
    for (const part of listedParts(head)) {
      const bytes = await source.exactly(part.bytes)
      if (toHex(await primitives.sha256(bytes)) !== part.sha256) {
        throw new FeedError("bad-part", `a part of ${part.bytes} bytes is not the one that the head lists`)
      }
      yield { kind: "part", part, bytes }
    }
    if (!(await source.atEnd())) throw new FeedError("malformed", "bytes follow the last part of a feed")
  } finally {
    await source.leave()
  }
}

/** A whole feed file that lies in memory. @param received - attacker-controlled. @throws FeedError as {@link readWholeFeed}. */
export async function openWholeFeed(received: Uint8Array, primitives: Primitives): Promise<WholeFeed> {
  const partsByHash = new Map<string, Uint8Array>()
  let first: Extract<WholeFeedPiece, { kind: "head" }> | null = null
  for await (const piece of readWholeFeed([received], primitives)) {
    if (piece.kind === "head") first = piece
    else partsByHash.set(piece.part.sha256, piece.bytes)
  }
  // The reader yields a head or throws.
  const { head, bytes } = first as unknown as Extract<WholeFeedPiece, { kind: "head" }>
  return { head, headBytes: bytes, partsByHash }
}

/** The pieces of a whole feed file, one after another. @param read - gives the bytes of one part. */
export async function* writeWholeFeed(
  head: FeedHead,
  headBytes: Uint8Array,
  read: (part: ListedPart) => Uint8Array | Promise<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield headBytes
  for (const part of listedParts(head)) yield await read(part)
}

interface Taking {
  /** Up to and with so many line feeds. */
  throughLines(lines: number, maxBytes: number): Promise<Uint8Array>
  exactly(bytes: number): Promise<Uint8Array>
  atEnd(): Promise<boolean>
  leave(): Promise<void>
}

function take(received: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Taking {
  const iterator =
    Symbol.asyncIterator in received ? received[Symbol.asyncIterator]() : received[Symbol.iterator]()
  let held: Uint8Array = new Uint8Array()
  async function more(): Promise<boolean> {
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return false
      if (next.value.length === 0) continue
      held = held.length === 0 ? next.value : concatBytes(held, next.value)
      return true
    }
  }
  return {
    throughLines: async (lines, maxBytes) => {
      for (;;) {
        let end = -1
        for (let i = 0; i < lines; i++) {
          end = held.indexOf(0x0a, end + 1)
          if (end < 0) break
        }
        if (end >= 0 && end < maxBytes) {
          const bytes = held.slice(0, end + 1)
          held = held.subarray(end + 1)
          return bytes
        }
        if (held.length >= maxBytes)
          throw new FeedError("too-long", `a feed's head has at most ${maxBytes} bytes`)
        if (!(await more())) throw new FeedError("malformed", "not the head of a feed")
      }
    },
    exactly: async (bytes) => {
      // Into one place at once: joining piece by piece would take the square of the length.
      const whole = new Uint8Array(bytes)
      for (let filled = 0; filled < bytes; ) {
        if (held.length === 0 && !(await more())) {
          throw new FeedError("truncated", `a part of ${bytes} bytes ends after ${filled}`)
        }
        const piece = held.subarray(0, bytes - filled)
        whole.set(piece, filled)
        filled += piece.length
        held = held.subarray(piece.length)
      }
      return whole
    },
    atEnd: async () => held.length === 0 && !(await more()),
    leave: async () => void (await iterator.return?.()),
  }
}
