import { writeFile } from "node:fs/promises"
import { type AddressInfo, connect, createServer } from "node:net"
import { join } from "node:path"
import { createFieldHome, enrol, sendAll, tell } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

/** A line to a port that breaks each connection when so many bytes have gone up. @returns its port. */
async function breakingLine(
  target: number,
  upBytes: () => number,
): Promise<{ readonly port: number; readonly cuts: () => number }> {
  let cuts = 0
  const line = createServer((client) => {
    const server = connect(target, "127.0.0.1")
    client.on("error", () => undefined).on("close", () => server.destroy())
    server.on("error", () => undefined).on("close", () => client.destroy())
    let left = upBytes()
    client.on("data", (chunk: Buffer) => {
      server.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left > 0) return
      cuts++
      // What was on its way still arrives; the answer to it does not.
      server.end()
      client.resetAndDestroy()
    })
    server.pipe(client)
  })
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void line.close())
  return { port: (line.address() as AddressInfo).port, cuts: () => cuts }
}

test("a line that breaks after every few cells is gone on with in one sending, and the desk has all, once", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  let many = 0
  const line = await breakingLine(relay.port, () => 20_000 + (many++ % 7) * 30_000)
  const desk = await makeDesk([`http://127.0.0.1:${line.port}`])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  const photo = Buffer.concat([
    Buffer.from("ffd8ffe000104a464946", "hex"),
    ...Array.from({ length: 12 }, () => p.random(50_000)),
  ])
  await writeFile(join(folder, "photo.jpg"), photo)
  const kept = await tell(home, { text: "words" }, [{ path: join(folder, "photo.jpg"), kind: "photo" }])

  expect(await sendAll(home)).toMatchObject([{ error: null, sent: kept.cells, left: 0 }])
  expect(line.cuts()).toBeGreaterThan(3)
  const [opened, ...others] = await desk.pull(relay)
  expect(others).toEqual([])
  expect(opened?.attachments[0]?.bytes.equals(photo)).toBe(true)
})

test("a line on which nothing comes through is given up after a few tries, and what was kept stays", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  // Less than a cell: the relay never has a whole one to keep.
  const line = await breakingLine(relay.port, () => 10_000)
  const desk = await makeDesk([`http://127.0.0.1:${line.port}`])
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await desk.invite())
  await tell(home, { text: "words" }, [])
  const [sending] = await sendAll(home)
  expect(sending?.error?.code).toBe("unreachable")
  expect(line.cuts()).toBeLessThan(10)
  expect((await home.outbox.list())[0]).toMatchObject({ state: "kept" })
  expect(await desk.pull(relay)).toEqual([])
})
