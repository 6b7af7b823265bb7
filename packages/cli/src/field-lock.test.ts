import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { passphraseWords, unknownWords } from "@govah/core/passphrase"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "./run.ts"
import { leaveDesk, PASSPHRASE } from "./testing/desk.ts"

let folder: string
let invitation: string
const at = (name: string): string => join(folder, name)
const english = await passphraseWords("en")

/** @param type - what the person types when asked, given what was printed before. */
async function govah(
  argv: readonly string[],
  type: (said: string) => string | null = () => null,
): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line: string) => void lines.push(line),
    write: async () => undefined,
    askSecret: async () => type(lines.join("\n")),
    signal: new AbortController().signal,
  }
  const code = await run(argv, context, (line) => void lines.push(line))
  return { code, said: lines.join("\n") }
}
const tell = (home: string, ...more: readonly string[]): readonly string[] => [
  "field",
  "send",
  "--text",
  "x",
  "--to",
  at(`${nodePrimitives.random(4).join("")}.govah`),
  "--home",
  at(home),
  ...more,
]
const shown = (said: string): string => /: {2}([a-z ]+)$/m.exec(said)?.[1] ?? ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-lock-"))
  await writeFile(at("desk-pass"), `${PASSPHRASE}\n`)
  await leaveDesk(at("desk"))
  const made = await govah(["desk", "invite", "--desk", at("desk"), "--passphrase-file", at("desk-pass")])
  invitation = made.said.split("\n")[0] as string
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

test("a folder that is locked from the start opens with its words alone, however they are typed", async () => {
  let words = ""
  const enrolled = await govah(["field", "enrol", invitation, "--home", at("locked"), "--lock"], (said) => {
    words = shown(said)
    return words.toUpperCase()
  })
  expect(enrolled.code).toBe(0)
  expect(enrolled.said).not.toContain("no passphrase")
  expect(words.split(" ")).toHaveLength(4)
  expect(unknownWords(words, english)).toEqual([])
  expect(await govah(tell("locked"))).toMatchObject({ code: 2 })
  const wrong = await govah(tell("locked"), () => "abandon ability able about")
  expect(wrong).toMatchObject({ code: 1 })
  expect(wrong.said).toContain("Nothing was changed")
  expect(await govah(tell("locked"), () => `  ${words.replaceAll(" ", ", ")}`)).toMatchObject({ code: 0 })
})

test("a folder without a passphrase says so once, and can be given one", async () => {
  const enrolled = await govah(["field", "enrol", invitation, "--home", at("open")])
  expect(enrolled.said).toContain("This folder has no passphrase")
  const kept = await govah(tell("open"))
  expect(kept).toMatchObject({ code: 0 })
  expect(kept.said).not.toContain("passphrase")
  const other = await govah(["field", "lock", "--home", at("open")], () => "other words")
  expect(other).toMatchObject({ code: 2 })
  expect(await govah(tell("open"))).toMatchObject({ code: 0 })
  const file = at("words")
  expect(await govah(["field", "lock", "--home", at("open"), "--new-passphrase-file", file])).toMatchObject({
    code: 0,
  })
  expect(unknownWords(await readFile(file, "utf8"), english)).toEqual([])
  expect(await govah(tell("open"))).toMatchObject({ code: 2 })
  expect(await govah(tell("open", "--passphrase-file", file))).toMatchObject({ code: 0 })
})

test("a passphrase that a person thought of is not taken", async () => {
  await writeFile(at("own"), "my dog is called rex\n")
  const args = [
    "field",
    "enrol",
    invitation,
    "--home",
    at("own-home"),
    "--lock",
    "--passphrase-file",
    at("own"),
  ]
  const answer = await govah(args)
  expect(answer.code).toBe(2)
  expect(answer.said).toContain("no passphrase of four proposed words")
})
