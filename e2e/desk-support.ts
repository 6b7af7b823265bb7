import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openInvitation, recipientOn } from "@govah/core/card"
import type { CellId } from "@govah/core/cell"
import type { Report } from "@govah/core/report"
import { type SealedCell, type SealedParcel, sealParcel } from "@govah/core/seal"
import { doWork, formatWork, parsePrice } from "@govah/core/work"
import type { Desk, DeskDeps } from "@govah/desk"
import { createCheapDesk } from "@govah/desk/testing"
import { nodePrimitives as p } from "@govah/node"
import { admit, createRelay, MAX_POST_CELLS, type Relay } from "@govah/relay"
import { onTestFinished } from "vitest"
import { copied } from "./copied.ts"

export const PASSPHRASE = "five plain words for tests"
export const DEPS: DeskDeps = { now: () => new Date(), primitives: p }

/** An empty folder that is gone when the test is. */
export async function freshHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "govah-e2e-desk-"))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  return home
}

/** A new desk in `home`/desk. */
export async function freshDesk(home: string): Promise<Desk> {
  const desk = await createCheapDesk(join(home, "desk"), { name: "Test desk", passphrase: PASSPHRASE }, DEPS)
  onTestFinished(() => desk.close())
  return desk
}

/** A relay on loopback that admits the desk, and that the desk knows. */
export async function admittedRelay(home: string, name: string, desk: Desk): Promise<Relay> {
  const relay = await createRelay({ file: join(home, `${name}.sqlite`), port: 0 }, DEPS)
  onTestFinished(() => relay.close())
  const capability = await admit(relay.store, { deskKey: desk.key })
  await desk.addRelay({ url: relay.url, road: "https", capability })
  return relay
}

/** A parcel, and what must come out of it. */
export interface SentParcel {
  readonly root: CellId
  readonly cells: readonly Uint8Array[]
  readonly words: string
  readonly photo: Uint8Array
  /** The receipt secret. */
  readonly arrived: Uint8Array
}

/** Seals parcels to a desk, as one invited unit. */
export async function inviteSender(desk: Desk): Promise<(words: string) => Promise<SentParcel>> {
  const today = DEPS.now().toISOString().slice(0, 10)
  const invitation = await openInvitation((await desk.invite("test")).text, today, p)
  const sender = { seed: p.random(32), invitation: invitation.secret }
  return async (words) => {
    const photo = p.random(40_000)
    const cells: Uint8Array[] = []
    const sealing = sealParcel(
      {
        report: { ...REPORT, text: words },
        attachments: [{ type: "image/jpeg", open: () => [photo] }],
        recipients: [recipientOn(invitation.card, today)],
        rules: { interopX25519: false },
        desk: desk.key,
        sender,
      },
      p,
    )
    for (;;) {
      const next: IteratorResult<SealedCell, SealedParcel> = await sealing.next()
      if (next.done === true)
        return { root: next.value.rootId, cells, words, photo, arrived: next.value.arrived }
      cells.push(copied(next.value.bytes))
    }
  }
}

/** Posts cells as the field does, with the work that they cost. */
export async function post(relay: Relay, cells: readonly Uint8Array[]): Promise<void> {
  const price = parsePrice(new Uint8Array(await (await fetch(`${relay.url}/price`)).arrayBuffer()))
  for (let at = 0; at < cells.length; at += MAX_POST_CELLS) {
    const bundle = cells.slice(at, at + MAX_POST_CELLS)
    const ids = await Promise.all(bundle.map(async (cell) => await p.sha256(cell)))
    const work = formatWork({ day: price.day, nonces: doWork(price, ids, price.bits) })
    const response = await fetch(`${relay.url}/cells`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "govah-work": work },
      body: Buffer.concat(bundle),
    })
    if (response.status !== 200) throw new Error(`the relay answered ${response.status}`)
    await response.arrayBuffer()
  }
}

/** What is wrong with how parcels arrived: each must be there once, whole, bit for bit. Empty where nothing is. */
export async function wrongArrivals(desk: Desk, sent: readonly SentParcel[]): Promise<string[]> {
  const wrong: string[] = []
  const rows = await desk.list()
  if (rows.length !== sent.length) wrong.push(`${rows.length} reports of ${sent.length}`)
  for (const { root, words, photo } of sent) {
    const view = await desk.show(root).catch(() => null)
    if (view === null) {
      wrong.push(`${words}: lost`)
      continue
    }
    for (const what of ["received", "completed"]) {
      const count = view.custody.filter((step) => step.what === what).length
      if (count !== 1) wrong.push(`${words}: ${what} ${count} times`)
    }
    if (view.report?.text !== words || view.open !== "whole") wrong.push(`${words}: its words differ`)
    const back = Buffer.concat(await Array.fromAsync(desk.attachment(root, 0), copied))
    if (!back.equals(photo)) wrong.push(`${words}: its photo differs`)
    const senders = view.custody.flatMap(({ from }) => from ?? [])
    if (new Set(senders).size !== senders.length) wrong.push(`${words}: one sender is named twice`)
  }
  return wrong
}

const REPORT: Report = {
  type: "observation",
  language: "en",
  text: "",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}
