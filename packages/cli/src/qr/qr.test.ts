import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deflateSync } from "node:zlib"
import { formatFrame, parseFrame } from "@govah/core/frames"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "../run.ts"
import { pictureOf, readPicture } from "./picture.ts"

let folder: string
let invitation: string
const at = (name: string): string => join(folder, name)

async function govah(...argv: readonly string[]): Promise<{ code: number; lines: readonly string[] }> {
  const lines: string[] = []
  const code = await run(
    argv,
    {
      primitives: nodePrimitives,
      now: () => new Date(),
      env: {},
      print: (line) => void lines.push(line),
      write: async () => {},
      askSecret: async () => null,
      signal: new AbortController().signal,
    },
    (line) => void lines.push(line),
  )
  return { code, lines }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-qr-"))
  await writeFile(at("pass"), "a passphrase for this test alone\n")
  const desk = ["--desk", at("desk"), "--passphrase-file", at("pass")]
  await govah("desk", "init", "--name", "گواهان", ...desk)
  invitation = (await govah("desk", "invite", ...desk)).lines[0] as string
  await govah("field", "enrol", invitation, "--home", at("unit"))
  await govah("field", "send", "--text", "seen at the crossing", "--keep", "--home", at("unit"))
  await govah("field", "send", "--to", at("bundle"), "--home", at("unit"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("a locked folder is shown with its passphrase, as is said where it is missing, and no other folder is touched", async () => {
  const home = ["--home", at("locked")]
  await govah("field", "enrol", invitation, ...home)
  await govah("field", "send", "--text", "seen at the crossing", "--keep", ...home)
  await govah("field", "lock", ...home, "--new-passphrase-file", at("words"))
  const show = ["qr", "show", at("locked"), "--text", at("frames")]
  const refused = await govah(...show)
  expect(refused.code).not.toBe(0)
  // What is advised is what works.
  const [option] = /--[a-z-]+/.exec(refused.lines.join("\n")) ?? []
  expect(await govah(...show, option as string, at("words"))).toMatchObject({ code: 0 })
  expect((await readFile(at("frames"), "utf8")).split("\n").length).toBeGreaterThan(2)
  await mkdir(at("holiday"))
  expect((await govah("qr", "show", at("holiday"), "--text", at("none"))).code).toBe(2)
  expect(await readdir(at("holiday"))).toEqual([])
})

test("what a unit keeps crosses as pictures, a third of them lost, to a bundle of the same bytes", async () => {
  expect(await govah("qr", "show", at("unit"), "--images", at("shown"))).toMatchObject({ code: 0 })
  const pictures = (await readdir(at("shown"))).sort()
  for (const [i, name] of pictures.entries()) if (i % 3 === 1) await rm(join(at("shown"), name))
  await writeFile(join(at("shown"), "zz-holiday.png"), "not a picture")
  const read = await govah("qr", "read", at("shown"), "--out", at("arrived"))
  expect(read.lines.join("\n")).toMatch(/sealed pieces are in/)
  expect(read.code).toBe(0)
  const cells = (bytes: Buffer): string[] =>
    Array.from({ length: bytes.length / 16_384 }, (_, i) =>
      bytes.subarray(i * 16_384, (i + 1) * 16_384).toString("latin1"),
    ).sort()
  expect(cells(await readFile(at("arrived")))).toEqual(cells(await readFile(at("bundle"))))
  // And the desk finds the report in it.
  const taken = await govah(
    "desk",
    "take",
    at("arrived"),
    "--desk",
    at("desk"),
    "--passphrase-file",
    at("pass"),
  )
  expect(taken.lines.join("\n")).toMatch(/1/)
})

test("an invitation crosses whole in a few pictures, as it was", async () => {
  expect(await govah("qr", "show", invitation, "--text", at("frames.txt"))).toMatchObject({ code: 0 })
  const lines = (await readFile(at("frames.txt"), "utf8")).trim().split("\n")
  expect(parseFrame(lines[0] as string).count).toBeLessThanOrEqual(10)
  await writeFile(at("half.txt"), lines.slice(lines.length / 2).join("\r\n"))
  expect(await govah("qr", "read", at("half.txt"))).toEqual({ code: 0, lines: [invitation] })
})

test("a desk writes an invitation as a page of moving codes", async () => {
  const desk = ["--desk", at("desk"), "--passphrase-file", at("pass")]
  const { lines } = await govah("desk", "invite", "--qr", at("invite.html"), ...desk)
  expect(lines.join("\n")).toMatch(/As moving QR codes, whole/)
  const page = await readFile(at("invite.html"), "utf8")
  expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/)
  expect(page).not.toMatch(/ on[a-z]+="/)
})

test("a false picture is no harm, and a missing one is said", async () => {
  const lines = (await readFile(at("frames.txt"), "utf8")).trim().split("\n")
  const first = parseFrame(lines[0] as string)
  const bad = formatFrame({ ...first, symbol: first.symbol.map((byte) => byte ^ 1) })
  await writeFile(at("poisoned.txt"), [bad, ...lines].join("\n"))
  expect((await govah("qr", "read", at("poisoned.txt"))).lines).toEqual([invitation])
  await writeFile(at("few.txt"), lines.slice(0, 2).join("\n"))
  await writeFile(at("bad.txt"), [bad, ...lines.slice(1, first.count)].join("\n"))
  expect((await govah("qr", "read", at("bad.txt"))).lines.join("\n")).toMatch(
    /false or were misread[^]*Film the rest/,
  )
  const few = await govah("qr", "read", at("few.txt"))
  expect(few.code).toBe(1)
  expect(few.lines.at(-1)).toMatch(/2 of \d+.*Film the rest/)
})

test("a picture that unpacks to more than it says is not unpacked", () => {
  const good = pictureOf("HELLO")
  expect(readPicture(good)).toBe("HELLO")
  const chunk = (kind: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(kind), data, Buffer.alloc(4)])
  }
  const bomb = Buffer.concat([good.subarray(0, 33), chunk("IDAT", deflateSync(Buffer.alloc(200_000_000)))])
  expect(bomb.length).toBeLessThan(300_000)
  const before = process.memoryUsage().arrayBuffers
  expect(readPicture(bomb)).toBeNull()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
})
