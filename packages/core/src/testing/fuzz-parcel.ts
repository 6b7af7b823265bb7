import { concatBytes, gatherBytes, toHex } from "../bytes/index.ts"
import { type CellId, cellId, looksLikeRoot, splitBundle } from "../cell/index.ts"
import { openAnyRoot, openAttachment, openBody, openPayload } from "../open/index.ts"
import { payloadBytes } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { SigningContext } from "../signed/index.ts"
import { type FuzzTarget, mustBeOneOf } from "./fuzz.ts"

/** The corpus by target, and the worthless keys that its inputs open with. */
export interface FuzzCorpus {
  inputs(target: string): readonly Uint8Array[]
  /** Identities and desk of the roots, recordings and the bundle. */
  readonly rootIdentities: readonly string[]
  readonly desk: string
  /** Key of all payloads. */
  readonly fileKey: Uint8Array
  /** Every key and context in which a signed line of the corpus is good. */
  readonly lines: readonly (readonly [SigningContext, Uint8Array])[]
  readonly today: string
  /** The chain that a reply in the corpus begins. */
  readonly replyChain: Uint8Array
}

/** What the parcels in a bundle say: words and attachments, each whole or not at all. */
export async function sayParcels(
  received: Uint8Array,
  { rootIdentities, desk }: FuzzCorpus,
  p: Primitives,
): Promise<readonly string[] | null> {
  const cells = new Map<CellId, Uint8Array>()
  for (const cell of splitBundle(received).cells) cells.set(await cellId(cell, p), cell)
  const get = (id: CellId): Uint8Array | null => cells.get(id) ?? null
  const said: string[] = []
  for (const cell of cells.values()) {
    if (!looksLikeRoot(cell)) continue
    const root = await openAnyRoot(cell, rootIdentities, desk, p)
    if (root?.part !== "final") continue
    const body = await openBody(root, get, p)
    if (body.state !== "whole") continue
    said.push(body.body.report.text)
    for (const attachment of body.body.attachments) {
      const bytes = await gatherBytes(openAttachment(attachment, get, p)).catch((error: unknown) => {
        if ((error as { code?: unknown }).code === "missing-cell") return null
        throw error
      })
      if (bytes !== null) said.push(toHex(await p.sha256(bytes)))
    }
  }
  return said.length === 0 ? null : said
}

/** Every piece that comes out must be the very bytes of that place, whatever comes after it. */
export async function payloadTarget({ inputs, fileKey }: FuzzCorpus, p: Primitives): Promise<FuzzTarget> {
  const plaintexts: Uint8Array[] = []
  for (const sealed of inputs("payload")) {
    const opening = openPayload(fileKey, plaintextBytesOf(sealed.length), inPieces(sealed), p)
    const plaintext = await gatherBytes(opening).catch(() => null)
    // Some of the corpus is refused: it is there for what it has of a good one.
    if (plaintext !== null) plaintexts.push(plaintext)
  }
  let turn = 0
  return {
    name: "payload",
    inputs: inputs("payload"),
    share: 3_000,
    async read(received) {
      const whole = plaintexts[turn++ % plaintexts.length] as Uint8Array
      let released = new Uint8Array()
      for await (const piece of openPayload(fileKey, whole.length, inPieces(received), p)) {
        released = concatBytes(released, piece) as Uint8Array<ArrayBuffer>
        mustBeOneOf(
          released,
          plaintexts.map((one) => one.subarray(0, released.length)),
        )
      }
      return true
    },
  }
}

function plaintextBytesOf(sealedBytes: number): number {
  let bytes = Math.max(0, sealedBytes - 32 - 16 * Math.ceil(sealedBytes / 65_552))
  while (payloadBytes(bytes) < sealedBytes) bytes++
  return bytes
}

/** A stream of uneven pieces. */
export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += 7_777) yield bytes.subarray(at, at + 7_777)
}
