import { createHash } from "node:crypto"
import { readdir, readFile, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { check, createFieldHome, enrol, sendAll, tell, writeBundle } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { takeFile } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

// The first bytes of a JPEG, then 300 kB of anything: the field decodes nothing.
const photo = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), p.random(65_536), p.random(60_000)])

test("what a unit tells by command line reaches the desk bit for bit by two relays, and its receipt comes back", async () => {
  const folder = await freshFolder()
  const relays = [await startRelay(join(folder, "a.db")), await startRelay(join(folder, "b.db"))]
  const desk = await makeDesk(relays.map((relay) => relay.url))
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, `https://example.org/#${await desk.invite()}`)
  await writeFile(join(folder, "photo.jpg"), photo)

  const kept = await tell(
    home,
    { text: "تیراندازی نزدیک مرز", language: "fa", place: "Saravan", at: "~2021-02-22", basis: "saw" },
    [{ path: join(folder, "photo.jpg"), kind: "photo" }],
  )
  expect(kept.state).toBe("kept")
  const progress: number[] = []
  const sendings = await sendAll(home, (step) => progress.push(step.acknowledged))
  expect(sendings.map((sending) => sending.error)).toEqual([null, null])
  expect(progress).toContain(kept.cells)

  for (const relay of relays) {
    const [opened, ...others] = await desk.pull(relay)
    expect(others).toEqual([])
    expect(opened?.signatureValid).toBe(true)
    expect(opened?.invitation).toBe(desk.secret)
    expect(opened?.report).toMatchObject({ text: "تیراندازی نزدیک مرز", basis: "saw" })
    expect(opened?.report.period).toEqual({ from: "2021-02-22", to: null, about: true })
    expect(opened?.attachments.map((one) => one.type)).toEqual(["image/jpeg"])
    expect(opened?.attachments[0]?.bytes.equals(photo)).toBe(true)
  }

  const before = await check(home)
  expect(before).toMatchObject({ arrived: [], heardOn: null })
  expect(before.visits.map((visit) => visit.state)).toEqual(["none", "none"])
  const [opened] = await desk.pull(relays[0]!)
  await desk.publish(relays[1]!, 1, [opened!.arrived], null)
  const after = await check(home)
  expect(after.arrived).toEqual([kept.id])
  expect(after.visits.map((visit) => visit.state)).toEqual(["none", "heard"])
  expect(after.parcels).toMatchObject([{ state: "arrived", cells: kept.cells }])
  const left = await readdir(join(folder, "unit"))
  expect(left.filter((name) => name.startsWith("cells-") || name.startsWith("acked-"))).toEqual([])
  for (const name of left) {
    const bytes = await readFile(join(folder, "unit", name))
    expect(bytes.includes(Buffer.from(opened!.arrived).toString("base64url"))).toBe(false)
    expect((await stat(join(folder, "unit", name))).mode & 0o077).toBe(0)
  }
})

test("a relay that dies and comes back gets the rest, and nothing twice", async () => {
  const folder = await freshFolder()
  const first = await startRelay(join(folder, "a.db"))
  const desk = await makeDesk([first.url])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  const kept = await tell(home, { text: "words" }, [])
  await first.close()
  const [failed] = await sendAll(home)
  expect(failed?.error?.code).toBe("unreachable")
  expect((await home.outbox.list())[0]?.acknowledged.size).toBe(0)
  const again = await startRelay(join(folder, "a.db"), first.port)
  expect(await sendAll(home)).toMatchObject([{ error: null, sent: kept.cells, left: 0 }])
  expect(await sendAll(home)).toMatchObject([{ error: null, sent: 0, left: 0 }])
  expect((await desk.pull(again)).length).toBe(1)
})

test("a bundle file holds the cells sorted, is never overwritten, and a relay takes it", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "a.db"))
  const desk = await makeDesk([])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  for (const text of ["one", "two"]) await tell(home, { text, consent: { publish: "words" } }, [])
  const path = join(folder, "stick.bin")
  const written = await writeBundle(home, null, path)
  const bytes = await readFile(path)
  expect(bytes.length).toBe(written.cells * CELL_BYTES)
  const ids = Array.from({ length: written.cells }, (_, i) =>
    createHash("sha256")
      .update(bytes.subarray(i * CELL_BYTES, (i + 1) * CELL_BYTES))
      .digest("hex"),
  )
  expect(ids).toEqual([...ids].sort())
  await expect(writeBundle(home, null, path)).rejects.toMatchObject({ code: "file-exists" })
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([])
  await takeFile(relay.store, path)
  expect((await desk.pull(relay)).map((one) => one.report.text).sort()).toEqual(["one", "two"])
})

test("answers that prove nothing acknowledge nothing", async () => {
  const folder = await freshFolder()
  const answers = [
    Buffer.from("ok"),
    // A bitmap that says yes, over a digest of other cells.
    Buffer.concat([Buffer.from([0xff]), p.random(32)]),
    Buffer.alloc(5_000),
  ]
  let answer: Uint8Array = new Uint8Array(0)
  // Not a relay: whoever sits on the road and answers in its place.
  const liar = createServer((request, response) => {
    request.resume().on("end", () => response.end(answer))
  })
  await new Promise<void>((resolve) => liar.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void liar.close())
  const desk = await makeDesk([`http://127.0.0.1:${(liar.address() as AddressInfo).port}`])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  await tell(home, { text: "words" }, [])
  for (const lie of answers) {
    answer = lie
    const [sending] = await sendAll(home)
    expect(sending?.error?.code).toBe("bad-answer")
    expect((await home.outbox.list())[0]?.acknowledged.size).toBe(0)
  }
})

test("a redirection is not followed, and no other road is taken", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "a.db"))
  const leading = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(307, { Location: `${relay.url}/cells` }).end())
  })
  await new Promise<void>((resolve) => leading.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void leading.close())
  const desk = await makeDesk([`http://127.0.0.1:${(leading.address() as AddressInfo).port}`])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  await tell(home, { text: "words" }, [])
  expect((await sendAll(home))[0]?.error?.code).toBe("unreachable")
  expect(await desk.pull(relay)).toEqual([])
})

test("a relay that goes back on its word is refused, and both files are kept as proof; one that lags is not accused", async () => {
  const folder = await freshFolder()
  const [a, b] = [await startRelay(join(folder, "a.db")), await startRelay(join(folder, "b.db"))]
  const desk = await makeDesk([a.url, b.url])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  const one = await desk.publish(a, 1, [], null)
  const hash = createHash("sha256").update(one.headBytes).digest("hex")
  await desk.publish(a, 2, [], hash)
  const b1 = await fetch(`${b.url}/feed/${desk.card.key}/1`)
  expect(b1.status).toBe(404)
  await desk.publish(b, 1, [], null)
  expect((await check(home)).visits.map((visit) => visit.state)).toEqual(["heard", "behind"])

  // The first relay is replaced by one that only knows another number 2.
  await a.close()
  const forged = await startRelay(join(folder, "c.db"), a.port)
  const two = await desk.publish(forged, 2, [p.random(32)], hash)
  const [visit] = (await check(home)).visits
  expect(visit?.error?.code).toBe("split")
  expect(visit?.proof.length).toBe(2)
  // They lie sealed; the unit can hand them to somebody who judges.
  const proof = await home.proof()
  expect(Buffer.from(proof ?? []).includes(two.headBytes)).toBe(true)

  // And that one by a third, which has only the number 1 that the other relay may still have, and this one no more.
  await forged.close()
  const fallen = await startRelay(join(folder, "d.db"), a.port)
  await desk.publish(fallen, 1, [], null)
  const back = (await check(home)).visits
  expect(back.map(({ state, error }) => [state, error?.code])).toEqual([
    ["refused", "rollback"],
    ["behind", undefined],
  ])
  expect(back[0]?.proof.length).toBe(2)
})
