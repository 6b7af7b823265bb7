import { concatBytes, gatherBytes, toBase64Url } from "@govah/core/bytes"
import { type CellId, looksLikeRoot, padme } from "@govah/core/cell"
import {
  type AnyOpenedRoot,
  type AttachmentToOpen,
  bodyCells,
  openAnyRoot,
  openAttachment,
  openBody,
  openRecording,
} from "@govah/core/open"
import { createRecording, type Recording } from "@govah/core/seal"
import type { Report } from "@govah/core/report"
import { nodePrimitives as p } from "@govah/node"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { type Outbox, openOutbox } from "../outbox/index.ts"
import { Crash, type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { createRecorder } from "./index.ts"
import { PLAIN_REPORT } from "../testing/plain-report.ts"

const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const desk = toBase64Url(p.random(32))
const seed = p.random(32)
const draft: Report = { ...PLAIN_REPORT, text: "draft" }
// Speech, speech, a slice over several cells, and one that ends a cell exactly is likely enough among them.
const fed = [6_000, 6_000, 40_000, 4_256, 16_320, 9].map((bytes) => p.random(bytes))

async function begin(): Promise<Recording> {
  return await createRecording(
    {
      draft,
      type: "audio/webm",
      recipients,
      rules: { interopX25519: true },
      desk,
      sender: { seed, invitation: null },
    },
    p,
  )
}

interface Said {
  slices: number
  finished: boolean
  abandoning: boolean
}

/** Records, and tries again once what fails. */
async function live(drawer: CrashingDrawer, said: Said, ending: "finish" | "abandon"): Promise<void> {
  await openOutbox(locked(drawer, p), p)
  const recording = await begin()
  const make = (): ReturnType<typeof createRecorder> =>
    createRecorder(locked(drawer, p), "0a", recording, "2021-02-22", p)
  const recorder = await make()
  const twice = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch(work)
  }
  for (const slice of fed) {
    await twice(() => recorder.slice(slice))
    said.slices++
  }
  if (ending === "abandon") {
    said.abandoning = true
    await twice(() => recorder.abandon())
    return
  }
  const attachments = [{ type: "image/jpeg", open: () => [new Uint8Array(20_000)] }]
  await twice(() => recorder.finish({ report: { ...draft, text: "final" }, attachments, seed }))
  said.finished = true
}

interface Opened {
  readonly roots: readonly string[]
  readonly text: string
  readonly recorded: Uint8Array
}

/** Opens what the outbox would send, as a desk does; every cell must be named by a root. */
async function openAll(outbox: Outbox): Promise<readonly Opened[]> {
  const found: Opened[] = []
  for (const parcel of await outbox.list()) {
    expect(parcel.state).toBe("kept")
    const cells = new Map<CellId, Uint8Array>()
    for (const cell of await outbox.cells(parcel.id)) {
      cells.set(cell.id, await outbox.readCell(parcel.id, cell))
    }
    expect(cells.size).toBe(parcel.cells)
    expect(padme(cells.size)).toBe(cells.size)
    const roots = new Map<CellId, AnyOpenedRoot>()
    for (const [id, cell] of cells) {
      if (!looksLikeRoot(cell)) continue
      const root = await openAnyRoot(cell, [identity], desk, p)
      expect(root?.signatureValid).toBe(true)
      roots.set(id, root as AnyOpenedRoot)
    }
    const get = (id: CellId): Uint8Array | null => cells.get(id) ?? null
    const state = await stateOf(roots, get)
    if (state.state !== "whole") throw new Error("cells are missing")
    const named = new Set([...bodyCells(state.body), ...state.annexCells, ...roots.keys()])
    expect(named).toEqual(new Set(cells.keys()))
    const recording = state.body.attachments[0] as AttachmentToOpen
    found.push({
      roots: [...roots.values()].map(({ part }) => part).sort(),
      text: state.body.report.text,
      recorded: await gatherBytes(openAttachment(recording, get, p)),
    })
  }
  return found
}

async function stateOf(
  roots: ReadonlyMap<CellId, AnyOpenedRoot>,
  get: (id: CellId) => Uint8Array | null,
): Promise<Awaited<ReturnType<typeof openRecording>>> {
  const entries = [...roots]
  const final = entries.find(([, root]) => root.part === "final")?.[1]
  if (final?.part === "final") return await openBody(final, get, p)
  const [id, root] = entries.find(([, { part }]) => part === "provisional") ?? []
  const closing = entries.find(([, { part }]) => part === "closing")?.[1]
  if (id === undefined || root?.part !== "provisional" || closing?.part !== "closing") {
    throw new Error("a root is missing")
  }
  return await openRecording({ root, id }, closing, get, p)
}

function expectKept(opened: readonly Opened[], said: Said): void {
  if (opened.length === 0) {
    expect(said.slices === 0 || said.abandoning).toBe(true)
    return
  }
  expect(opened.length).toBe(1)
  const { roots, text, recorded } = opened[0] as Opened
  if (said.finished) expect(roots).toEqual(["final"])
  if (roots.length === 1) {
    expect(text).toBe("final")
    expect(recorded).toEqual(concatBytes(...fed))
    return
  }
  expect(roots).toEqual(["closing", "provisional"])
  expect(text).toBe("draft")
  // All that was said kept, and at most the slice that was being kept when the disk failed.
  const lengths = [said.slices, said.slices + 1].map((n) => concatBytes(...fed.slice(0, n)).length)
  expect(lengths).toContain(recorded.length)
  expect(recorded).toEqual(concatBytes(...fed).slice(0, recorded.length))
}

function dice(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

for (const ending of ["finish", "abandon"] as const) {
  test(`a disk that fails at any call of a recording that would ${ending}, and a power cut, take at most the last slice`, async () => {
    const outcomes = new Set<string>()
    for (const forGood of [false, true]) {
      for (let n = 1, fired = true; fired; n++) {
        const drawer = crashingDrawer(n, forGood)
        const said: Said = { slices: 0, finished: false, abandoning: false }
        await live(drawer, said, ending).catch((error: unknown) => expect(error).toBeInstanceOf(Crash))
        fired = drawer.calls >= n
        for (let luck = 0; luck < 3; luck++) {
          const found = drawer.afterCrash(dice(n * 100 + luck))
          const outbox = await openOutbox(locked(found, p), p)
          const opened = await openAll(outbox)
          expectKept(opened, said)
          outcomes.add(opened[0]?.roots.join("+") ?? "nothing")
          expect(await outbox.recordings()).toEqual([])
          // Another start changes nothing, and nothing is left that belongs to no parcel.
          const again = await openOutbox(locked(found, p), p)
          if (luck === 0) expect(await openAll(again)).toEqual(opened)
          const names = (await found.names()).filter((name) => name.startsWith("recording-"))
          expect(names).toEqual([])
          const others = (await found.names()).filter((name) => name !== "replies")
          if (opened.length === 0) expect(others).toEqual([])
        }
      }
    }
    expect(outcomes).toEqual(
      new Set(
        ending === "finish"
          ? ["nothing", "closing+provisional", "final"]
          : ["nothing", "closing+provisional"],
      ),
    )
  })
}

test("a disk that fails at any call of the closing, and a power cut after it, lose nothing of a cut recording", async () => {
  const honest = crashingDrawer(0, false)
  const said: Said = { slices: 0, finished: false, abandoning: false }
  const recorder = await createRecorder(locked(honest, p), "0a", await begin(), "2021-02-22", p)
  for (const slice of fed.slice(0, 4)) {
    await recorder.slice(slice)
    said.slices++
  }
  const disk = honest.afterCrash(() => 1)
  for (const forGood of [false, true]) {
    for (let n = 1, fired = true; fired; n++) {
      const failing = crashingDrawer(n, forGood, await snapshot(disk))
      await openOutbox(locked(failing, p), p).catch((error: unknown) => expect(error).toBeInstanceOf(Crash))
      fired = failing.calls >= n
      for (let luck = 0; luck < 3; luck++) {
        const outbox = await openOutbox(locked(failing.afterCrash(dice(n * 7 + luck)), p), p)
        const opened = await openAll(outbox)
        expect(opened.length).toBe(1)
        expectKept(opened, said)
      }
    }
  }
})

test("control: on a disk whose flush does nothing, the same check finds slices lost", async () => {
  let lost = 0
  for (let luck = 0; luck < 20; luck++) {
    const honest = crashingDrawer(0, false)
    const lying: CrashingDrawer = {
      ...honest,
      open: async (name, create) => {
        const file = await honest.open(name, create)
        return file === null ? null : { ...file, flush: async () => undefined }
      },
    }
    const said: Said = { slices: 0, finished: false, abandoning: false }
    await live(lying, said, "finish")
    await openOutbox(locked(honest.afterCrash(dice(luck)), p), p)
      .then(openAll)
      .then((opened) => expectKept(opened, said))
      .catch(() => lost++)
  }
  expect(lost).toBeGreaterThan(10)
})

test("what a phone keeps while it records holds nothing of it, and no key that opens it", async () => {
  const marker = Buffer.from("خون در خیابان ".repeat(400))
  const drawer = crashingDrawer(0, false)
  const clear = await drawer.open("control", true)
  await clear?.write(0, marker)
  const recording = await begin()
  // With nothing sealed, so that what the passphrase opens is looked through, too.
  const recorder = await createRecorder(bare(drawer, p), "0a", recording, "2021-02-22", p)
  await recorder.slice(marker)
  await recorder.slice(marker)
  const files = await snapshot(drawer)
  const finds = (name: string): boolean => Buffer.from(files.get(name) ?? []).includes(marker.subarray(0, 40))
  expect(finds("control")).toBe(true)
  expect([...files.keys()].filter(finds)).toEqual(["control"])
  const root = await openAnyRoot(recording.provisional.bytes, [identity], desk, p)
  if (root?.part !== "provisional") throw new Error("not a provisional root")
  const disk = Buffer.concat([...files.values()])
  const has = (text: string): boolean =>
    disk.includes(text) ||
    disk.includes(Buffer.from(text, "base64url")) ||
    disk.includes(Buffer.from(text, "base64url").toString("hex"))
  // Control: what is meant to be kept is found by the same search.
  expect(has(root.document.arrived)).toBe(true)
  expect(has(root.document.recording.key)).toBe(false)
  expect(has(root.document.forget)).toBe(false)
  expect(has(toBase64Url(seed))).toBe(false)
  expect(has(root.document.used)).toBe(false)
})

test("nothing of a recording is listed, and so nothing can be sent, until it has ended", async () => {
  const drawer = crashingDrawer(0, false)
  const outbox = await openOutbox(locked(drawer, p), p)
  const recorder = await createRecorder(locked(drawer, p), "0a", await begin(), "2021-02-22", p)
  await recorder.slice(fed[0] as Uint8Array)
  // A second start, in another tab, while the recording goes on.
  const other = await openOutbox(locked(drawer, p), p)
  for (const box of [outbox, other]) {
    expect(await box.list()).toEqual([])
    expect(await box.recordings()).toEqual(["0a"])
  }
  await recorder.finish({ report: draft, attachments: [], seed })
  expect((await openAll(other)).map(({ roots }) => roots)).toEqual([["final"]])
  expect(await drawer.names()).toEqual(expect.not.arrayContaining(["recording-0a"]))
})

async function snapshot(drawer: CrashingDrawer): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>()
  for (const name of await drawer.names()) {
    const file = await drawer.open(name, false)
    if (file !== null) bytes.set(name, await file.read(0, await file.size()))
  }
  return bytes
}
