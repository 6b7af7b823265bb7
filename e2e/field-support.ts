import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toBase64Url } from "@govah/core/bytes"
import { type Card, formatInvitation, signCard } from "@govah/core/card"
import { CELL_BYTES, cellId, looksLikeRoot } from "@govah/core/cell"
import { encodeReceiptSet, receiptTag } from "@govah/core/feed"
import { openAttachment, openBody, OpenError, openRoot } from "@govah/core/open"
import type { Report } from "@govah/core/report"
import { type SampleFeed, sampleFeed, type SampleWish } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { admit, createRelay, type Relay } from "@govah/relay"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { onTestFinished } from "vitest"
import { copied } from "./copied.ts"

/** An empty folder that is gone when the test is. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "govah-e2e-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A relay on loopback, closed when the test is finished. @param port - 0 for any. */
export async function startRelay(file: string, port = 0): Promise<Relay> {
  const relay = await createRelay({ file, port }, { now: () => new Date(), primitives: p })
  onTestFinished(() => relay.close())
  return relay
}

/** A report as a desk that holds the key finds it. */
export interface OpenedReport {
  readonly report: Report
  readonly signatureValid: boolean
  readonly senderKey: string
  readonly invitation: string | null
  /** The parcel's receipt secret, 32 B. */
  readonly arrived: Uint8Array
  /** From which replies to it are sealed, 32 B. */
  readonly reply: Uint8Array
  readonly attachments: readonly { readonly type: string; readonly bytes: Buffer; readonly key: string }[]
}

/** A desk's keys, and what a desk does with them, as far as the field's tests need it. */
export interface TestDesk {
  readonly card: Card
  readonly secret: string
  /** Of its one intake term: `AGE-SECRET-KEY-PQ-1…`. */
  readonly identity: string
  invite(lastDay?: string): Promise<string>
  /** Pulls everything a relay has and opens what opens; a report whose cells are not all there is left out. */
  pull(relay: Relay): Promise<readonly OpenedReport[]>
  /** Publishes a number of the feed to a relay. @param arrived - receipt secrets. @param said - what it says to everybody. */
  publish(
    relay: Relay,
    number: number,
    arrived: readonly Uint8Array[],
    previous: string | null,
    said?: Pick<SampleWish, "warnings" | "bulletins" | "calls" | "buckets">,
  ): Promise<SampleFeed>
}

/** @param relays - addresses that the card names. @param from - first day of its one intake term. */
export async function makeDesk(
  relays: readonly string[],
  name = "Test desk",
  from = "2020-01-01",
): Promise<TestDesk> {
  const identity = await generateHybridIdentity()
  const seed = p.random(32)
  const key = toBase64Url(await p.publicKey(seed))
  const secret = toBase64Url(p.random(16))
  const card: Card = {
    name,
    key,
    successor: "0".repeat(64),
    relays: relays.map((url) => ({ url, road: url.endsWith(".onion") ? "onion" : "https" })),
    terms: [{ from, recipient: await identityToRecipient(identity) }],
  }
  return {
    card,
    secret,
    identity,
    invite: async (lastDay = "2099-12-31") =>
      formatInvitation(await signCard(card, seed, p), secret, lastDay),
    pull: async (relay) => openAll(await pullCells(relay, key), identity, key),
    publish: async (relay, number, arrived, previous, said = {}) => {
      await admit(relay.store, { deskKey: key })
      const receipts = encodeReceiptSet(
        arrived.map((one) => receiptTag(one, "arrived")),
        (byteLength) => p.random(byteLength),
      )
      const day = new Date().toISOString().slice(0, 10)
      const text = await signCard(card, seed, p)
      const sample = await sampleFeed(
        seed,
        { ...said, number, previous, day, card: text, receipts: [receipts] },
        p,
      )
      const put = (): Promise<Response> =>
        fetch(`${relay.url}/feed/${key}/${number}`, { method: "PUT", body: new Uint8Array(sample.whole) })
      // Once more, where a connection to a relay that was since restarted was still open.
      const answer = await put().catch(put)
      if (answer.status !== 204) throw new Error(`the relay answered ${answer.status}`)
      return sample
    },
  }
}

async function pullCells(relay: Relay, deskKey: string): Promise<Map<string, Uint8Array>> {
  const capability = await admit(relay.store, { deskKey })
  const cells = new Map<string, Uint8Array>()
  for (let cursor: string | null = ""; ; ) {
    const answer: Response = await fetch(`${relay.url}/cells${cursor === "" ? "" : `?after=${cursor}`}`, {
      headers: { Authorization: `Bearer ${capability}` },
    })
    const bundle = new Uint8Array(await answer.arrayBuffer())
    for (let at = 0; at < bundle.length; at += CELL_BYTES) {
      const cell = bundle.subarray(at, at + CELL_BYTES)
      cells.set(await cellId(cell, p), cell)
    }
    cursor = answer.headers.get("Govah-Cursor")
    if (answer.headers.get("Govah-More") !== "yes") return cells
  }
}

async function openAll(
  cells: ReadonlyMap<string, Uint8Array>,
  identity: string,
  desk: string,
): Promise<readonly OpenedReport[]> {
  const opened: OpenedReport[] = []
  for (const cell of cells.values()) {
    if (!looksLikeRoot(cell)) continue
    const root = await openRoot(cell, [identity], desk, p)
    if (root === null) continue
    const body = await openBody(root, (id) => cells.get(id) ?? null, p)
    if (body.state !== "whole") continue
    const attachments = await openAttachments(body.body.attachments, cells)
    if (attachments === null) continue
    opened.push({
      report: body.body.report,
      signatureValid: root.signatureValid,
      senderKey: root.document.sender.key,
      invitation: root.document.sender.invitation,
      arrived: new Uint8Array(Buffer.from(root.document.arrived, "base64url")),
      reply: new Uint8Array(Buffer.from(root.document.reply, "base64url")),
      attachments,
    })
  }
  return opened
}

/** @returns null where cells are missing. */
async function openAttachments(
  listed: readonly Parameters<typeof openAttachment>[0][],
  cells: ReadonlyMap<string, Uint8Array>,
): Promise<OpenedReport["attachments"] | null> {
  const attachments = []
  for (const attachment of listed) {
    try {
      const pieces = await Array.fromAsync(
        openAttachment(attachment, (id) => cells.get(id) ?? null, p),
        copied,
      )
      attachments.push({ type: attachment.type, bytes: Buffer.concat(pieces), key: attachment.key })
    } catch (error) {
      if (!(error instanceof OpenError) || error.code !== "missing-cell") throw error
      return null
    }
  }
  return attachments
}
