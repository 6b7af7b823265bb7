import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "../run.ts"
import { leaveDesk, PASSPHRASE } from "../testing/desk.ts"

const FRAME = 16_416
let folder: string
const at = (...names: readonly string[]): string => join(folder, ...names)
const desk = (name = "desk"): readonly string[] => ["--desk", at(name), "--passphrase-file", at("pass")]

async function govah(
  ...argv: readonly string[]
): Promise<{ code: number; said: string; lines: readonly string[]; bytes: Buffer }> {
  const lines: string[] = []
  const parts: Uint8Array[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line: string) => void lines.push(line),
    write: async (bytes: Uint8Array) => void parts.push(bytes.slice()),
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const code = await run(argv, context, (line) => void lines.push(line))
  return { code, said: lines.join("\n"), lines, bytes: Buffer.concat(parts) }
}

let stream: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-broadcast-"))
  await writeFile(at("pass"), `${PASSPHRASE}\n`)
  for (const name of ["desk", "other"]) await leaveDesk(at(name), name)
  const invitation = (await govah("desk", "invite", ...desk())).lines[0] as string
  await govah("field", "enrol", invitation, "--home", at("unit"))
  await mkdir(at("archive", "fa"), { recursive: true })
  for (let i = 0; i < 40; i++) {
    await writeFile(at("archive", "fa", `صفحه ${i}.html`), nodePrimitives.random(500 + i * 2_000))
  }
  await writeFile(at("archive", "index.html"), "")
  await writeFile(at("film.mp4"), nodePrimitives.random(60_000))
  stream = (await govah("broadcast", at("archive"), at("film.mp4"), "--passes", "2", ...desk())).bytes
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Takes a recording into a new folder, and says whether everything in it is as it was sent. */
let count = 0
async function take(
  recording: Buffer,
  ...options: readonly string[]
): Promise<{ code: number; said: string; out: string }> {
  const out = at(`out-${++count}`)
  await writeFile(at(`recording-${count}`), recording)
  const trusted = options.length > 0 ? options : ["--home", at("unit")]
  const { code, said } = await govah("broadcast", "take", at(`recording-${count}`), "--out", out, ...trusted)
  return { code, said, out }
}
async function expectWhole(out: string): Promise<void> {
  for (const name of await readdir(at("archive"), { recursive: true })) {
    const sent = await readFile(at("archive", name)).catch(() => null)
    if (sent !== null) expect(await readFile(join(out, "archive", name))).toEqual(sent)
  }
  expect(await readFile(join(out, "film.mp4"))).toEqual(await readFile(at("film.mp4")))
  expect((await readdir(out)).sort()).toEqual(["archive", "desk", "film.mp4"])
}

test("one turn is enough, from any moment on, and a unit needs no more than its own desk's card", async () => {
  const { code, out, said } = await take(stream.subarray(stream.length / 3, (stream.length * 2.6) / 3))
  expect(said).toMatch(/44 files written/)
  expect(code).toBe(0)
  await expectWhole(out)
  // The card in it enrols whoever holds a short invitation.
  const short = (await govah("desk", "invite", "--short", ...desk())).lines[0] as string
  const enrolled = await govah(
    "field",
    "enrol",
    short,
    "--card",
    join(out, "desk", "card.txt"),
    "--home",
    at("u2"),
  )
  expect(enrolled.said).toMatch(/can now send/)
})

test("30 % of frames lost and every hundredth byte run false: whole in two turns", async () => {
  const recording = Buffer.concat(
    Array.from(
      { length: stream.length / FRAME },
      (_, i) => stream.subarray(i * FRAME, (i + 1) * FRAME),
      // No pattern of ten: where a turn is a multiple of it long, both turns would lose the same frames.
    ).filter((__, i) => ((i * 40_503) % 65_536) % 10 >= 3),
  )
  for (let i = 5_000; i < recording.length; i += 40 * FRAME + 77)
    recording[i] = (recording[i] as number) ^ 0x20
  await expectWhole((await take(recording)).out)
})

test("too little says so, and what was whole is written; a second recording completes it", async () => {
  const first = stream.subarray(0, 90 * FRAME)
  const { code, said } = await take(first)
  expect(code).toBe(1)
  expect(said).toMatch(/incomplete.*Record more/s)
  const joining = (): ReturnType<typeof govah> =>
    govah(
      "broadcast",
      "take",
      at(`recording-${count}`),
      at("rest"),
      "--out",
      at("joined"),
      "--home",
      at("unit"),
    )
  expect(await joining()).toMatchObject({ code: 1 })
  await writeFile(at("rest"), stream.subarray(70 * FRAME + 99, 200 * FRAME))
  expect(await joining()).toMatchObject({ code: 0 })
  await expectWhole(at("joined"))
})

test("nothing of another desk is written, and nothing that lies there is overwritten", async () => {
  const forged = (await govah("broadcast", at("film.mp4"), "--passes", "1", ...desk("other"))).bytes
  const refused = await take(forged)
  expect(refused).toMatchObject({ code: 1 })
  expect(await readdir(refused.out)).toEqual([])
  // Mixed with the true one: the true one alone.
  const mixed = await take(Buffer.concat([forged, stream, forged]))
  await expectWhole(mixed.out)
  await mkdir(at("mine"), { recursive: true })
  await writeFile(at("mine", "film.mp4"), "my own film")
  await writeFile(at("r"), stream)
  const kept = await govah("broadcast", "take", at("r"), "--out", at("mine"), "--home", at("unit"))
  expect(kept.said).toMatch(/film.mp4: another file lies there/)
  expect(await readFile(at("mine", "film.mp4"), "utf8")).toBe("my own film")
  const again = await govah("broadcast", "take", at("r"), "--out", at("mine"), "--home", at("unit"))
  expect(again.said).toMatch(/ 0 files written, 43 were here/)
})

test("it ends where it was told to", async () => {
  expect((await govah("broadcast", at("film.mp4"), "--bytes", "100000", ...desk())).bytes.length).toBe(
    100_000,
  )
  const file = await govah("broadcast", at("film.mp4"), "--passes", "1", "--out", at("b"), ...desk())
  expect(file.said).toMatch(/desk's key: [\w-]{43}/)
  expect((await readFile(at("b"))).length % FRAME).toBe(0)
  const key = file.said.slice(-43)
  expect(await take(await readFile(at("b")), "--key", key)).toMatchObject({ code: 0 })
})
