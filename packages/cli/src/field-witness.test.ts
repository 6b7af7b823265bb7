import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "./run.ts"
import { leaveDesk, PASSPHRASE } from "./testing/desk.ts"

let folder: string
let card: string
const at = (name: string): string => join(folder, name)
const desk = (): readonly string[] => ["--desk", at("desk"), "--passphrase-file", at("pass")]

async function govah(...argv: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line: string) => void lines.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  await run(argv, context, (line) => void lines.push(line))
  return lines
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-witness-"))
  await writeFile(at("pass"), `${PASSPHRASE}\n`)
  await leaveDesk(at("desk"))
  card = (await govah("desk", "card", ...desk()))[0] as string
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("a witness with words reports, and comes back elsewhere as the same source; the desk lists and answers them apart", async () => {
  const began = await govah("field", "witness", card, "--home", at("one"))
  const words = (began[began.indexOf("Your seven words, shown this once:") + 1] as string).trim()
  expect(words.split(" ")).toHaveLength(7)
  await writeFile(at("words"), words)
  const back = ["field", "witness", card, "--words-file", at("words"), "--home", at("two")]
  expect((await govah(...back)).join()).toMatch(/look what is under your words/)
  for (const place of ["one", "two"]) {
    await govah("field", "send", "--home", at(place), "--text", place, "--to", at(`${place}.cells`))
    await govah("desk", "take", at(`${place}.cells`), ...desk())
  }
  const listed = await govah("desk", "list", "--anonymous", ...desk())
  const signs = listed.flatMap((line) => /anonymous witness (\S{6})/.exec(line)?.[1] ?? [])
  expect(signs).toHaveLength(2)
  expect(new Set(signs).size).toBe(1)
  expect(await govah("desk", "list", "--units", ...desk())).toHaveLength(1)
  const id = (listed[0] as string).slice(0, 8)
  expect((await govah("desk", "show", id, ...desk())).join("\n")).toMatch(/anonymous witness.*reliability F/)
  expect((await govah("desk", "reply", id, "--text", "Thank you", ...desk())).join()).toMatch(/is sealed/)
})

test("what is no card, and what are no words, leave no folder; forgetting says what stays", async () => {
  for (const [expected, ...argv] of [
    [/not a whole|not a card|card/, "field", "witness", "govah-card-1.x", "--home", at("no")],
    [/7 words, not 2/, "field", "witness", card, "--words-file", at("two-words"), "--home", at("no")],
    [/number 7/, "field", "witness", card, "--words-file", at("slip"), "--home", at("no")],
  ] as const) {
    await writeFile(at("two-words"), "one two")
    await writeFile(at("slip"), "abandon ability able about above absent absentt")
    expect((await govah(...argv)).join("\n")).toMatch(expected)
    expect((await govah("field", "check", "--home", at("no"))).join()).toMatch(/is not there/)
  }
  await govah("field", "witness", card, "--once", "--home", at("once"))
  await govah("field", "send", "--home", at("once"), "--text", "x", "--keep")
  expect((await govah("field", "forget", "--home", at("once"))).join()).toMatch(
    /forgotten.*1 sealed reports stay/,
  )
})

test("the card comes as a link, as a picture with its words, and as moving pictures", async () => {
  const lines = await govah(
    "desk",
    "card",
    "--link",
    "https://field.example/",
    "--qr",
    at("card.svg"),
    ...desk(),
  )
  expect(lines[0]).toMatch(/^https:\/\/field\.example\/#govah-card-1\./)
  const words = await govah("desk", "card", "--words", ...desk())
  expect(lines.slice(-3)).toEqual(words.map((line) => `  ${line}`))
  expect((await govah("desk", "card", "--qr", at("card.html"), ...desk())).join()).toMatch(/card\.html/)
  expect((await govah("desk", "card", "--qr", at("card.svg"), ...desk())).join()).toMatch(
    /there already|Nothing was written/,
  )
})
