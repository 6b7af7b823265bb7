import { encodeBulletin, encodeCall, openBulletin, openCall } from "../bulletin/index.ts"
import { canonicalJson, equalBytes, type Json, parseCanonicalJson, toHex, utf8Bytes } from "../bytes/index.ts"
import { openCard, openInvitation, parseShortInvitation } from "../card/index.ts"
import { CELL_BYTES, COMMITMENT_BYTES, forgetCommitment, looksLikeRoot, splitBundle } from "../cell/index.ts"
import { openFeedHead, openReceiptSet, openWholeFeed } from "../feed/index.ts"
import { createFrameCollector, formatFrame, parseFrame } from "../frames/index.ts"
import { openEntry } from "../ledger/index.ts"
import { parseCheckpoint, parseDisclosure, parseEntry, parseEntryBundle, parseNote } from "../log/index.ts"
import { openAnyRoot } from "../open/index.ts"
import { formatPackFrame, openPackHead, scanPackFrames } from "../pack/index.ts"
import { formatCellList, parseCellList } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parsePublication } from "../publication/index.ts"
import { formatAnswer, formatRequest, parseAnswer, parseRequest } from "../reconcile/index.ts"
import { parseLogProof, parseManifest, splitSingleFile } from "../release/index.ts"
import { readBucket } from "../reply/index.ts"
import { parseSignedLine, verifyLine } from "../signed/index.ts"
import { readCarriedFile, unveil } from "../veil/index.ts"
import { type FuzzCorpus, inPieces, payloadTarget, sayParcels } from "./fuzz-parcel.ts"
import { FuzzFinding, type FuzzTarget, mustBeOneOf } from "./fuzz.ts"

/** Each reader of core that meets bytes of strangers. Reads the corpus once, to know what may be said. */
export async function fuzzTargets(corpus: FuzzCorpus, p: Primitives): Promise<readonly FuzzTarget[]> {
  const made: FuzzTarget[] = []

  /** @param say - reads, and gives what was said; null where nothing was. */
  async function add(
    name: string,
    from: string,
    share: number,
    say: (received: Uint8Array) => Promise<readonly string[] | null>,
  ): Promise<void> {
    const inputs = corpus.inputs(from)
    const allowed = new Set<string>()
    for (const input of inputs) for (const one of (await say(input).catch(() => null)) ?? []) allowed.add(one)
    if (allowed.size === 0) throw new FuzzFinding(`${name} accepts nothing of its corpus`)
    const read = async (received: Uint8Array): Promise<boolean> => {
      const said = await say(received)
      for (const one of said ?? []) mustBeOneOf(one, allowed)
      return said !== null
    }
    made.push({ name, inputs, share, read })
  }

  /** For formats where what was read, written again, is the same bytes. */
  function addSpelling(
    name: string,
    from: string,
    share: number,
    spell: (received: string) => string | null,
  ): void {
    const read = async (received: Uint8Array): Promise<boolean> => {
      const text = latin(received)
      const again = spell(text)
      if (again !== null && again !== text) throw new FuzzFinding("it has two spellings")
      return again !== null
    }
    made.push({ name, inputs: corpus.inputs(from), share, read })
  }

  /** For parts of a feed that anyone may have filled: what was read, written again, is the same bytes. */
  function addPart(name: string, again: (received: Uint8Array) => Uint8Array): void {
    const read = async (received: Uint8Array): Promise<boolean> => {
      if (!equalBytes(again(received), received)) throw new FuzzFinding("it has two spellings")
      return true
    }
    made.push({ name, inputs: corpus.inputs(name), share: 1_500, read })
  }

  const sayRoot = async (received: Uint8Array): Promise<readonly string[] | null> => {
    const opened = await openAnyRoot(received, corpus.rootIdentities, corpus.desk, p)
    return opened === null ? null : [`${json(opened.document)} ${opened.signatureValid}`]
  }
  await add("root", "root", 3_000, sayRoot)
  await add("recording", "recording", 3_000, sayRoot)
  await add("parcel", "bundle", 200, (received) => sayParcels(received, corpus, p))

  made.push({
    name: "bundle",
    inputs: corpus.inputs("bundle"),
    share: 2_000,
    async read(received) {
      const { cells, cutBytes } = splitBundle(received)
      const whole = cells.every((cell) => cell.length === CELL_BYTES)
      if (!whole || cells.length * CELL_BYTES + cutBytes !== received.length || cutBytes >= CELL_BYTES) {
        throw new FuzzFinding("the cells of a bundle are not its bytes")
      }
      return true
    },
  })
  made.push({
    name: "cell",
    inputs: corpus.inputs("root"),
    share: 6_000,
    async read(received) {
      if (forgetCommitment(received).length > COMMITMENT_BYTES) throw new FuzzFinding("a long commitment")
      return looksLikeRoot(received)
    },
  })
  made.push(await payloadTarget(corpus, p))

  addSpelling("canonical-json", "canonical-json", 25_000, (text) => {
    const value = parseCanonicalJson(bytesOf(text))
    return value === null ? null : latin(utf8Bytes(canonicalJson(value)))
  })
  addSpelling("cell-list", "cell-list", 10_000, (text) => {
    const ids = parseCellList(text)
    return ids === null ? null : formatCellList(ids)
  })
  for (const [name, spell] of [
    ["reconcile-request", (received: Uint8Array) => formatRequest(parseRequest(received))],
    ["reconcile-answer", (received: Uint8Array) => formatAnswer(parseAnswer(received))],
  ] as const) {
    addSpelling(name, name, 4_000, (text) => latin(spell(bytesOf(text))))
  }
  addSpelling("qr-frame", "qr-frame", 14_000, (text) => formatFrame(parseFrame(text)))
  await add("qr-frames", "qr-frame", 1_000, async (received) => {
    const collector = createFrameCollector(p)
    for (const frame of [...corpus.inputs("qr-frame").map(latin), latin(received)]) {
      const { whole } = await collector.add(frame)
      if (whole !== null && toHex(await p.sha256(whole.object)) !== whole.id) {
        throw new FuzzFinding("frames gave another object than the one they name")
      }
    }
    return ["collected"]
  })

  await add("signed-line", "signed-line", 8_000, async (received) => {
    const line = parseSignedLine(received)
    if (line === null) return null
    for (const [context, key] of corpus.lines) {
      if (await verifyLine(context, line, key, p)) return [`${context} ${json(line.document)}`]
    }
    return null
  })
  await add("card", "card", 5_000, async (received) => [json(await openCard(latin(received), p))])
  await add("invitation", "invitation", 5_000, async (received) => [
    json((await openInvitation(latin(received), corpus.today, p)).card),
  ])
  made.push({
    name: "short-invitation",
    inputs: corpus.inputs("short-invitation"),
    share: 3_000,
    read: async (received) => parseShortInvitation(latin(received)).secret.length > 0,
  })
  await add("feed", "feed", 5_000, async (received) => [json(await openFeedHead(received, p))])
  await add("feed-whole", "feed-whole", 1_000, async (received) => [
    json((await openWholeFeed(received, p)).head),
  ])
  made.push({
    name: "receipt-set",
    inputs: corpus.inputs("receipt-set"),
    share: 2_000,
    read: async (received) => openReceiptSet(received).positions.length >= 64,
  })
  addPart("bulletin", (received) => encodeBulletin(openBulletin(received)))
  addPart("call", (received) => encodeCall(openCall(received)))
  await add("reply-bucket", "reply-bucket", 1_000, async (received) => {
    const { replies } = await readBucket(received, [corpus.replyChain], p)
    return replies.length === 0 ? null : replies
  })
  await add("ledger-entry", "ledger-entry", 5_000, async (received) => {
    // Spaces or a second copy behind the line would be other bytes: the hash is part of what was said.
    return [json(await openEntry(received, p))]
  })
  await add("pack-head", "pack-head", 2_000, async (received) => {
    const { plan, table } = (await openPackHead(received, corpus.desk, p)) as unknown as Record<string, Json>
    return [json([plan ?? null, table ?? null])]
  })
  await add("veil", "veil", 1_500, async (received) => {
    const opened = await unveil(received, p)
    return opened === null ? null : [toHex(opened)]
  })
  made.push({
    name: "carried-file",
    inputs: [...corpus.inputs("veil"), ...corpus.inputs("bundle")],
    share: 300,
    async read(received) {
      let seen = 0
      const { cells } = await readCarriedFile(inPieces(received), p, async (batch) => {
        if (batch.some((cell) => cell.length !== CELL_BYTES))
          throw new FuzzFinding("a cell of another length")
        seen += batch.length
      })
      if (seen !== cells || cells * CELL_BYTES > received.length)
        throw new FuzzFinding("cells out of nothing")
      return cells > 0
    },
  })
  made.push({
    name: "pack-stream",
    inputs: [1, 2, 3].map((number) =>
      formatPackFrame({
        kind: "cell",
        pack: "00".repeat(8),
        number,
        body: corpus.inputs("root")[0] as Uint8Array,
      }),
    ),
    share: 500,
    async read(received) {
      let bytes = 0
      for await (const { body } of scanPackFrames(inPieces(received))) bytes += body.length
      if (bytes > received.length) throw new FuzzFinding("frames out of nothing")
      return bytes > 0
    },
  })
  for (const [name, parse] of LOG_READERS) {
    made.push({
      name,
      inputs: corpus.inputs(name),
      share: 1_000,
      read: async (received) => (parse(received) ?? null) !== null,
    })
  }
  return made
}

// These vouch for nothing by themselves: what they read is compared with a signed tree elsewhere.
const LOG_READERS: readonly (readonly [string, (received: Uint8Array) => unknown])[] = [
  ["log-note", parseNote],
  ["log-checkpoint", (received) => parseCheckpoint(latin(received))],
  ["log-disclosure", (received) => parseDisclosure(latin(received))],
  ["log-entry", parseEntry],
  ["log-bundle", (received) => parseEntryBundle(received, 2)],
  ["publication", parsePublication],
  ["release-manifest", (received) => parseManifest(latin(received))],
  ["release-proof", parseLogProof],
  ["release-single", splitSingleFile],
]

function latin(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 4_096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4_096))
  return text
}

function bytesOf(latinText: string): Uint8Array {
  return Uint8Array.from(latinText, (character) => character.charCodeAt(0))
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => (field instanceof Uint8Array ? toHex(field) : field))
}
