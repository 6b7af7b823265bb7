import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { verifyArchive } from "@govah/archive"
import { openDesk } from "@govah/desk"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { govah, must, startGovah } from "./govah-process.ts"
import { copied } from "./copied.ts"

// The rehearsal as a new user plays it, once for all tests here; then the archive is attacked.
const samples = resolve(import.meta.dirname, "../samples/saravan-2021")
let data: string
let archive: string
let said: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "govah-rehearsal-"))
  archive = join(data, "archive")
  const ports = ["relay", "desk", "field", "archive"].flatMap((part) => [`--${part}-port`, "0"])
  said = await must(["network", "--rehearsal", "--once", "--data", data, ...ports], data)
}, 300_000)
afterAll(() => rm(data, { recursive: true, force: true }))

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function contentsBelow(folder: string): Promise<Buffer> {
  return Buffer.concat(await Promise.all((await filesBelow(folder)).map((file) => readFile(file))))
}

/** What was planted in each sample: marker strings, and telling pieces of the Exif block with its GPS. */
async function planted(): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const listed = JSON.parse(await readFile(join(samples, "media/planted.json"), "utf8")) as Record<
    string,
    { readonly markers: readonly string[] }
  >
  const plantedByFile = new Map<string, readonly Buffer[]>()
  for (const [name, { markers }] of Object.entries(listed)) {
    const bytes = await readFile(join(samples, name))
    plantedByFile.set(name, [...markers.map((marker) => Buffer.from(marker)), ...exifPieces(bytes)])
  }
  return plantedByFile
}

// 16-byte pieces of the Exif block's start, where tags and GPS rationals lie; pieces of few different bytes say nothing.
function exifPieces(bytes: Buffer): readonly Buffer[] {
  const start = bytes.indexOf("Exif\0\0")
  if (start < 0) return []
  // Its thumbnail begins as every JPEG does, published ones too.
  const thumbnail = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]), start)
  const end = thumbnail < 0 ? start + 1_200 : thumbnail - 16
  const pieces: Buffer[] = []
  for (let at = start; at < end; at += 8) {
    const piece = bytes.subarray(at, at + 16)
    if (new Set(piece).size >= 8) pieces.push(piece)
  }
  return pieces
}

test("the rehearsal ends with everything arrived, published and verified", () => {
  expect(said).toContain("33 of 33 reports show")
  expect(said).toContain("published 8 events, 10 actions, 1 story")
  expect(said).toContain("verified")
})

test("no planted metadata is in the archive, and the same search finds it in the sealed originals once opened", async () => {
  const published = await contentsBelow(archive)
  const passphrase = (await readFile(join(data, "desk-passphrase"), "utf8")).trim()
  const deps = { now: () => new Date(), primitives: nodePrimitives }
  const desk = await openDesk(join(data, "desk"), passphrase, deps)
  const opened: Uint8Array[] = []
  for (const row of await desk.list()) {
    const { attachments } = await desk.show(row.root)
    for (const index of attachments.keys())
      opened.push(...(await Array.fromAsync(desk.attachment(row.root, index), copied)))
  }
  desk.close()
  const originals = Buffer.concat(opened)
  let searched = 0
  for (const [file, pieces] of await planted()) {
    for (const piece of pieces) {
      expect(originals.includes(piece), `${file}: the search must find ${piece.toString("hex")}`).toBe(true)
      expect(published.includes(piece), `${file}: ${piece.toString("hex")}`).toBe(false)
      searched++
    }
  }
  expect(searched).toBeGreaterThan(100)
})

test("nothing of what was said or planted is readable at the relay, in the units' folders or in the locked desk", async () => {
  const needles = [
    Buffer.from("سراوان"),
    Buffer.from("GOVAH-PLANT"),
    Buffer.from("Exif\0\0"),
    Buffer.from("circulating"),
  ]
  const places = [join(data, "relay.db"), join(data, "desk"), join(data, "rehearsal")]
  for (const place of places) {
    const bytes = place.endsWith(".db") ? await readFile(place) : await contentsBelow(place)
    expect(bytes.length).toBeGreaterThan(10_000)
    for (const needle of needles)
      expect(bytes.includes(needle), `${needle} in ${relative(data, place)}`).toBe(false)
  }
  // The control: the archive, which is public, holds the same words in clear.
  expect((await contentsBelow(archive)).includes(needles[0] as Buffer)).toBe(true)
})

test("one changed byte in one file, and the verifier names that file", async () => {
  const files = await filesBelow(archive)
  const every = Math.max(1, Math.floor(files.length / 12))
  for (const file of files.filter((_, index) => index % every === 0)) {
    const bytes = await readFile(file)
    const changed = Buffer.from(bytes)
    const at = Math.floor(changed.length / 2)
    changed[at] = (changed[at] as number) ^ 1
    await writeFile(file, changed)
    const verdict = await verifyArchive(archive, {})
    expect(verdict.failed, relative(archive, file)).toContain(relative(archive, file))
    await writeFile(file, bytes)
  }
  expect((await verifyArchive(archive, {})).ok).toBe(true)
  const claims = join(archive, "data", "claims.csv")
  await writeFile(claims, (await readFile(claims, "utf8")).replace("37", "38"))
  const { code, err } = await govah(["archive", "verify", archive], data)
  expect(code).toBe(1)
  expect(err).toContain("data/claims.csv")
  await writeFile(claims, (await readFile(claims, "utf8")).replace("38", "37"))
  expect(await must(["archive", "verify", archive], data)).toContain("as it was published")
})

test("the archive says who claims what in both languages, and adds up nothing across scopes", async () => {
  const pages = await filesBelow(archive)
  const text = async (language: string): Promise<string> =>
    Buffer.concat(
      await Promise.all(
        pages
          .filter((page) => relative(archive, page).startsWith(`${language}/`))
          .map((page) => readFile(page)),
      ),
    ).toString()
  const english = await text("en")
  const persian = await text("fa")
  for (const name of ["Amnesty International", "Iran International", "ICBPS"]) expect(english).toContain(name)
  for (const name of ["عفو بین‌الملل", "ایران اینترنشنال"]) expect(persian).toContain(name)
  expect(persian).toContain('dir="rtl"')
  // 3 + 10 + 36 + 9 + 10 + 3 + 37 and with the two-day 40 and the mixed 51: sums that nobody claimed.
  for (const sum of ["108", "148", "199"]) expect(english).not.toMatch(new RegExp(`\\b${sum} (killed|dead)`))
})

test("a second start goes on from there, and a taken port is named before anything starts", async () => {
  const ports = ["relay", "desk", "field"].flatMap((part) => [`--${part}-port`, "0"])
  const running = startGovah(
    ["network", "--rehearsal", "--data", data, "--archive-port", "0", ...ports],
    data,
  )
  const address = await running.says(/Archive\s+(http:\S+)/)
  const page = await fetch(new URL("en/index.html", address[1]))
  expect(page.status).toBe(200)
  const port = new URL(address[1] as string).port
  const second = await govah(
    ["network", "--data", join(data, "other"), "--archive-port", port, ...ports],
    data,
  )
  expect(second.code).toBe(2)
  expect(second.err).toContain(`port ${port}, meant for the archive, is taken`)
  running.child.kill("SIGINT")
  const { code, out } = await running.finished
  expect(code).toBe(0)
  expect(out).toContain("was played in this folder before")
  expect(out).toContain("Stopped.")
})
