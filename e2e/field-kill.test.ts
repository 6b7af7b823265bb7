import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { createFieldHome, enrol, writeBundle } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { takeFile } from "@govah/relay"
import { expect, test } from "vitest"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

const script = fileURLToPath(new URL("field-keeping-process.ts", import.meta.url))

test("a field killed at ten instants keeps all that it said it kept, whole, and nothing half", async () => {
  const folder = await freshFolder()
  const unit = join(folder, "unit")
  const photo = join(folder, "photo.jpg")
  await writeFile(photo, Buffer.concat([Buffer.from("ffd8ffe1", "hex"), p.random(65_536), p.random(65_536)]))
  const desk = await makeDesk([])
  await enrol(await createFieldHome(unit), await desk.invite())

  const said = new Map<string, string>()
  let beforeAny = 0
  for (let kill = 0; kill < 10; kill++) {
    const child = spawn(process.execPath, [script, unit, photo], { stdio: ["ignore", "pipe", "inherit"] })
    const ended = once(child, "exit")
    let keptNow = 0
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, id, ...text] = line.split(" ")
      if (word === "kept") {
        said.set(id as string, text.join(" "))
        keptNow++
      }
      // Half are killed in their first keeping, half after it, each a little later than the one before.
      const first = kill % 2 === 0 ? word === "ready" : keptNow === 1
      if (first) setTimeout(() => child.kill("SIGKILL"), kill * 6)
    }
    await ended
    expect(child.signalCode).toBe("SIGKILL")
    if (keptNow === 0) beforeAny++
  }
  // Both kinds of instant were met: in the first keeping of a process, and after one.
  expect(beforeAny).toBeGreaterThan(0)
  expect(said.size).toBeGreaterThan(0)

  const home = await createFieldHome(unit)
  const parcels = await home.outbox.list()
  const ids = parcels.map((parcel) => parcel.id)
  for (const id of said.keys()) expect(ids).toContain(id)
  for (const name of await readdir(unit)) {
    const owner = /^(?:cells|record|acked)-(.+)$/.exec(name)?.[1]
    if (owner !== undefined) expect(ids).toContain(owner)
  }

  const relay = await startRelay(join(folder, "relay.db"))
  await writeBundle(home, null, join(folder, "stick.bin"))
  await takeFile(relay.store, join(folder, "stick.bin"))
  const opened = await desk.pull(relay)
  // Every listed parcel opens whole, and each that was said kept is among them, once.
  expect(opened.length).toBe(parcels.length)
  const texts = opened.map((one) => one.report.text)
  expect(new Set(texts).size).toBe(texts.length)
  for (const text of said.values()) expect(texts).toContain(text)
  for (const one of opened) expect(one.attachments[0]?.bytes.length).toBe(131_076)
})
