import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { makeFrames } from "@govah/core/frames"
import { openDesk } from "@govah/desk"
import { createFieldHome } from "@govah/field/node"
import { nodePrimitives, writeStick } from "@govah/node"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { DEPS } from "./desk-support.ts"
import { freshFolder } from "./field-support.ts"
import { deskHere, govahHere as govah, mustHere as must } from "./govah-here.ts"
import { type GovahProcess, PASSPHRASE, startGovah } from "./govah-process.ts"

const VEILED = CELL_BYTES + 32
let folder: string

beforeEach(async () => {
  folder = await freshFolder()
  await mkdir(join(folder, "stick"))
})

/** A desk, a relay's store that admits it, and units. @param relay - for the card. @returns the desk's key. */
async function network(units: readonly string[], relay = "http://127.0.0.1:9"): Promise<string> {
  const key = await deskHere(folder)
  const capability = (await must(["relay", "admit", key], folder)).trim()
  await must(["desk", "relay", relay, "--road", "lan", "--capability", capability], folder)
  for (const unit of units) {
    const invitation = (await must(["desk", "invite"], folder)).split("\n")[0] as string
    await must(["field", "enrol", invitation, "--home", unit], folder)
  }
  return key
}

async function relayProcess(): Promise<{ readonly url: string; readonly process: GovahProcess }> {
  const running = startGovah(["relay", "--port", "0", "--uploads", "on"], folder)
  onTestFinished(async () => {
    running.child.kill("SIGKILL")
    await running.finished
  })
  const said = await running.says(/http:\/\/127\.0\.0\.1:(\d+)/)
  return { url: said[0], process: running }
}

async function photo(name: string, bytes: number): Promise<string> {
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes)])
  await writeFile(join(folder, name), picture)
  return createHash("sha256").update(picture).digest("hex")
}

/** What the desk holds: words and the hash of the first attachment, opened; and who brought it. */
async function held(): Promise<readonly { words: string; sha256: string; roads: readonly string[] }[]> {
  const desk = await openDesk(join(folder, "govah-desk"), PASSPHRASE, DEPS)
  try {
    const reports = []
    for (const { root, custody } of await desk.list()) {
      const hash = createHash("sha256")
      for await (const piece of desk.attachment(root, 0)) hash.update(piece)
      const words = (await desk.show(root)).report?.text ?? ""
      reports.push({ words, sha256: hash.digest("hex"), roads: custody.flatMap(({ from }) => from ?? []) })
    }
    return reports
  } finally {
    desk.close()
  }
}

async function stickFiles(): Promise<readonly { name: string; bytes: Buffer }[]> {
  const names = await readdir(join(folder, "stick"))
  return await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, "stick", name)) })),
  )
}

test("two units on one stick, by way of a relay's store, and the receipts back by stick", async () => {
  const key = await network(["one", "two"])
  const first = await photo("one.jpg", 150_000)
  const second = await photo("two.jpg", 90_000)
  await must(["field", "send", "--keep", "--text", "first", "--photo", "one.jpg", "--home", "one"], folder)
  await must(["field", "send", "--keep", "--text", "second", "--photo", "two.jpg", "--home", "two"], folder)
  expect(await must(["carry", "out", "stick", "--home", "one"], folder)).toContain("of 1 reports")
  await must(["carry", "out", "stick", "--home", "two"], folder)
  // Somebody's own things lie beside them.
  await writeFile(join(folder, "stick", "holiday.jpg"), randomBytes(300_000))
  await writeFile(join(folder, "stick", "notes.txt"), '{"bulletins":"no feed file"}')

  const taken = await must(["carry", "in", "stick", "--store", "govah-relay.db"], folder)
  expect(taken).toMatch(/[1-9]\d* new pieces are durably stored; 0 were here before/)
  expect(taken).toContain("1 other files were left alone")
  const again = await must(["carry", "in", "stick", "--store", "govah-relay.db"], folder)
  expect(again).toMatch(/^0 new pieces are durably stored; [1-9]/)

  // From the relay onward, to the desk.
  await mkdir(join(folder, "onward"))
  await must(["carry", "out", "onward", "--store", "govah-relay.db"], folder)
  const atDesk = await must(["carry", "in", "onward", "--desk", "govah-desk"], folder)
  expect(atDesk).toContain("2 new reports, 2 now whole, 0 waiting")
  expect(await must(["carry", "in", "onward", "--desk", "govah-desk"], folder)).toContain(
    "0 new pieces: 0 new",
  )
  const reports = await held()
  expect(new Map(reports.map(({ words, sha256 }) => [words, sha256]))).toEqual(
    new Map([
      ["first", first],
      ["second", second],
    ]),
  )

  // The way back: the desk's feed is on a relay, and goes from its store to a unit without any network.
  const { url, process: relay } = await relayProcess()
  const capability = (await must(["relay", "admit", key], folder)).trim()
  await must(["desk", "relay", url, "--road", "lan", "--capability", capability], folder)
  await govah(["desk", "receipts"], folder)
  relay.child.kill("SIGTERM")
  await relay.finished
  await mkdir(join(folder, "back"))
  const out = await must(["carry", "out", "back", "--store", "govah-relay.db"], folder)
  expect(out).toContain("and 1 feed files")
  const heard = await must(["carry", "in", "back", "--home", "one"], folder)
  expect(heard).toContain("1 feed files of the desk were heard; 1 reports have arrived")
  expect((await govah(["carry", "out", "stick", "--home", "one"], folder)).err).toContain("nothing waits")
  expect(await must(["carry", "in", "back", "--home", "one"], folder)).toContain("0 reports have arrived")
})

test("nothing on a stick begins as anything that is known, and names tell no order", async () => {
  await network(["unit"])
  await photo("photo.jpg", 400_000)
  for (const words of ["the first report", "the second", "the third"]) {
    await must(["field", "send", "--keep", "--text", words, "--photo", "photo.jpg", "--home", "unit"], folder)
  }
  await must(["carry", "out", "stick", "--home", "unit"], folder)
  await must(["carry", "out", "stick", "--home", "unit"], folder)
  const files = await stickFiles()
  expect(files.length).toBe(2)
  for (const { name, bytes } of files) {
    expect(name).toMatch(/^[23456789bcdfghjkmnpqrstvwxyz]{8}\.bin$/)
    expect(bytes.length % VEILED).toBe(0)
    for (const known of ["age-encryption", "forget", "X25519", "govah", "sqlite", "the first report"]) {
      expect(bytes.includes(known), known).toBe(false)
    }
    const counts = new Uint32Array(256)
    for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1
    const expected = bytes.length / 256
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquared).toBeLessThan(450)
  }
  // The same cells twice have not one piece in common.
  const pieces = files.flatMap(({ bytes }) =>
    Array.from({ length: bytes.length / VEILED }, (_, i) =>
      bytes.subarray(i * VEILED, i * VEILED + 64).toString("hex"),
    ),
  )
  expect(new Set(pieces).size).toBe(pieces.length)
  // The search above finds what it looks for where there is no veil.
  await must(["field", "send", "--to", "plain.govah", "--home", "unit"], folder)
  expect((await readFile(join(folder, "plain.govah"))).includes("age-encryption")).toBe(true)
})

test("files cut, flipped, joined and mixed: whole pieces are kept, the rest is told, and a second stick heals it", async () => {
  await network(["unit"])
  const sha256 = await photo("photo.jpg", 500_000)
  await must(["field", "send", "--keep", "--text", "hurt", "--photo", "photo.jpg", "--home", "unit"], folder)
  await must(["carry", "out", "stick", "--home", "unit"], folder)
  const [file] = await stickFiles()
  const { name, bytes } = file as { name: string; bytes: Buffer }
  const count = bytes.length / VEILED
  const hurt = Buffer.from(bytes)
  hurt[5] = (hurt[5] as number) ^ 0x40
  hurt[3 * VEILED + 777] = (hurt[3 * VEILED + 777] as number) ^ 1
  // Joined with its own beginning, and cut in the last piece.
  await writeFile(
    join(folder, "stick", name),
    Buffer.concat([hurt, bytes.subarray(VEILED, 2 * VEILED + 500)]),
  )
  const taken = await must(["carry", "in", "stick", "--store", "govah-relay.db"], folder)
  expect(taken).toContain(`${count - 2} new pieces are durably stored; 1 were here before`)
  expect(taken).toContain("2 pieces were damaged")
  expect(taken).toContain("1 files were cut short")

  await rm(join(folder, "stick", name))
  await must(["carry", "out", "stick", "--home", "unit"], folder)
  // A plain bundle is still taken, by its name.
  await must(["field", "send", "--to", "stick/plain.govah", "--home", "unit"], folder)
  const healed = await must(["carry", "in", "stick", "--store", "govah-relay.db"], folder)
  expect(healed).toContain(`2 new pieces are durably stored; ${2 * count - 2} were here before`)
  await must(["carry", "in", "stick", "--desk", "govah-desk"], folder)
  expect(await held()).toMatchObject([{ words: "hurt", sha256 }])
})

/**
 * Codes of the root and of the last pieces of a stick, as a camera may get them: every third missed, the rest in another
 * order, some twice.
 */
async function photographs(unit: string, last: number): Promise<readonly string[]> {
  const { outbox } = await createFieldHome(join(folder, unit))
  const [parcel] = await outbox.list()
  if (parcel === undefined) throw new Error("nothing is kept")
  const cells = await outbox.cells(parcel.id)
  const sorted = cells.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const seen: string[] = []
  for (const cell of new Set([...cells.slice(-1), ...sorted.slice(-last)])) {
    const frames = await makeFrames("cell", await outbox.readCell(parcel.id, cell), nodePrimitives)
    const caught = frames.filter((_, i) => i % 3 !== 0)
    seen.push(...caught.toReversed(), ...caught.slice(0, 5))
  }
  return seen.toReversed()
}

test("one parcel by HTTP, by stick and by QR code, with repeats, is one record with a custody entry a road", async () => {
  const { url } = await relayProcess()
  await network(["unit"], url)
  const sha256 = await photo("photo.jpg", 700_000)
  await must(["field", "send", "--keep", "--text", "roads", "--photo", "photo.jpg", "--home", "unit"], folder)
  await must(["carry", "out", "stick", "--home", "unit"], folder)
  const [file] = await stickFiles()
  const { name, bytes } = file as { name: string; bytes: Buffer }
  const pieces = bytes.length / VEILED
  const third = Math.floor(pieces / 3)
  // Some of it by HTTP: the form of the relay's page takes what a browser sends.
  const form = new FormData()
  form.append("bundle", new Blob([new Uint8Array(bytes.subarray(0, third * VEILED))]))
  expect((await fetch(`${url}/bundle-file`, { method: "POST", body: form })).status).toBe(200)
  await must(["desk", "pull"], folder)
  // Some by pictures, and the stick has all but those and what went by HTTP.
  await writeFile(join(folder, "codes.txt"), (await photographs("unit", 3)).join("\n"))
  expect(await must(["qr", "read", "codes.txt", "--out", "filmed"], folder)).toMatch(/[34] sealed pieces/)
  await must(["desk", "take", "filmed"], folder)
  expect(await must(["desk", "list"], folder)).not.toContain("whole")
  await writeFile(join(folder, "stick", name), bytes.subarray(third * VEILED, (pieces - 3) * VEILED))
  expect(await must(["carry", "in", "stick", "--desk", "govah-desk"], folder)).toContain("1 now whole")
  // Again, everything, on all roads.
  await must(["field", "send", "--home", "unit"], folder)
  await must(["desk", "pull"], folder)
  await must(["desk", "take", "filmed"], folder)
  await writeFile(join(folder, "stick", name), bytes)
  await must(["carry", "in", "stick", "--desk", "govah-desk"], folder)
  await must(["carry", "in", "stick", "--desk", "govah-desk"], folder)
  const [report, ...more] = await held()
  expect(more).toEqual([])
  expect(report).toMatchObject({ words: "roads", sha256 })
  expect([...(report?.roads ?? [])].sort()).toEqual(["file filmed", `file ${name}`, `relay ${url}`].sort())
  expect(await must(["desk", "verify"], folder)).toContain("as it was written")
})

test("a stick that cannot take more leaves whole files and no half one", async () => {
  const cell = randomBytes(CELL_BYTES)
  async function* cells(): AsyncGenerator<Uint8Array, void, void> {
    for (let i = 0; i < 25; i++) yield cell
    throw Object.assign(new Error("full"), { code: "ENOSPC" })
  }
  const writing = writeStick(join(folder, "stick"), cells(), [], nodePrimitives, 10 * VEILED + 100)
  await expect(writing).rejects.toMatchObject({ code: "ENOSPC" })
  const files = await stickFiles()
  expect(files.map(({ bytes }) => bytes.length)).toEqual([10 * VEILED, 10 * VEILED])
  // What a stick that was pulled leaves under a temporary name counts as well.
  const [half] = files
  await rename(join(folder, "stick", half!.name), join(folder, "stick", "bcdfghjk.tmp"))
  await writeFile(join(folder, "stick", "bcdfghjk.tmp"), half!.bytes.subarray(0, 4 * VEILED + 9))
  const taken = await must(["carry", "in", "stick", "--store", "r.db"], folder)
  expect(taken).toContain("1 new pieces are durably stored; 13 were here before")
  expect((await stat(join(folder, "stick", files[1]!.name))).size).toBe(10 * VEILED)
})
