import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "./run.ts"
import { leaveDesk, PASSPHRASE } from "./testing/desk.ts"

// A JPEG to its first bytes, which is all that a sender looks at; larger than one batch of the disk.
const photo = Buffer.concat([
  Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex"),
  nodePrimitives.random(2_500_000),
])
let folder: string
let root: string
const at = (name: string): string => join(folder, name)
const desk = (): readonly string[] => ["--desk", at("desk"), "--passphrase-file", at("pass")]

async function govah(
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly said: string; readonly out: Buffer }> {
  const lines: string[] = []
  const out: Uint8Array[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line: string) => void lines.push(line),
    write: async (bytes: Uint8Array) => void out.push(bytes.slice()),
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const code = await run(argv, context, (line) => void lines.push(line))
  return { code, said: lines.join("\n"), out: Buffer.concat(out) }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-open-"))
  await writeFile(at("pass"), `${PASSPHRASE}\n`)
  await writeFile(at("photo.jpg"), photo)
  await leaveDesk(at("desk"))
  await govah(
    "field",
    "enrol",
    (await govah("desk", "invite", ...desk())).said.split("\n")[0] as string,
    "--home",
    at("unit"),
  )
  await govah(
    "field",
    "send",
    "--text",
    "x",
    "--photo",
    at("photo.jpg"),
    "--to",
    at("bundle"),
    "--home",
    at("unit"),
  )
  await govah("desk", "take", at("bundle"), ...desk())
  root = /[0-9a-f]{8,64}/.exec((await govah("desk", "list", ...desk())).said)?.[0] as string
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("an attachment comes out bit for bit, to standard output or to a file of its owner alone", async () => {
  expect((await govah("desk", "open", root, "0", ...desk())).out.equals(photo)).toBe(true)
  const written = await govah("desk", "open", root, "0", "--out", at("copy"), ...desk())
  expect(written).toMatchObject({ code: 0, said: expect.stringContaining("not sealed there") })
  expect((await readFile(at("copy"))).equals(photo)).toBe(true)
  expect((await stat(at("copy"))).mode & 0o777).toBe(0o600)
})

test("what stands there is never replaced, whatever its name, and nothing half is left", async () => {
  await writeFile(at("mine"), "mine")
  await writeFile(at("free.part"), "mine too")
  const before = (await readdir(folder)).sort()
  const refused = await govah("desk", "open", root, "0", "--out", at("mine"), ...desk())
  expect(refused).toMatchObject({
    code: 1,
    said: expect.stringMatching(/there already. Nothing was written/),
  })
  expect(await govah("desk", "open", root, "7", "--out", at("none"), ...desk())).toMatchObject({ code: 1 })
  expect((await readdir(folder)).sort()).toEqual(before)
  expect((await govah("desk", "open", root, "0", "--out", at("free"), ...desk())).code).toBe(0)
  expect(await readFile(at("mine"), "utf8")).toBe("mine")
  expect(await readFile(at("free.part"), "utf8")).toBe("mine too")
})
