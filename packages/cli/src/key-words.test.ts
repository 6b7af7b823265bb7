import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "./run.ts"
import { leaveDesk, PASSPHRASE } from "./testing/desk.ts"

let folder: string
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
  folder = await mkdtemp(join(tmpdir(), "govah-words-"))
  await writeFile(at("pass"), `${PASSPHRASE}\n`)
  await leaveDesk(at("desk"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("a short invitation and a card from a carrier enrol; both sides see the same six words of the desk", async () => {
  const short = (await govah("desk", "invite", "--short", ...desk()))[0] as string
  expect(short).toMatch(/^govah-short-1\.[\w.-]{70,80}$/)
  await writeFile(at("card.txt"), (await govah("desk", "card", ...desk())).join("\n"))
  expect(
    (await govah("field", "enrol", short, "--card", at("card.txt"), "--home", at("short"))).join(),
  ).toMatch(/can now send to "Desk"/)
  const words = (await govah("desk", "card", "--words", ...desk())).map((line) => `  ${line}`)
  expect(words).toHaveLength(3)
  expect((await govah("field", "words", "--home", at("short"))).slice(1, 4)).toEqual(words)
})

test("two keys of one invitation are contested until the desk confirms one by its words", async () => {
  const invitation = (await govah("desk", "invite", ...desk()))[0] as string
  for (const unit of ["right", "wrong"]) {
    await govah("field", "enrol", invitation, "--home", at(unit))
    await govah("field", "send", "--text", unit, "--to", at(`${unit}.bundle`), "--home", at(unit))
    await govah("desk", "take", at(`${unit}.bundle`), ...desk())
  }
  const list = async (): Promise<string> => (await govah("desk", "list", ...desk())).join("\n")
  expect((await list()).match(/contested/g)).toHaveLength(2)
  const words = (await govah("field", "words", "--home", at("right")))[5]?.trim() as string
  expect(words.split(" ")).toHaveLength(6)
  // Words of somebody who never wrote confirm nobody.
  expect((await govah("desk", "confirm", "zoo zoo zoo zoo zoo zoo", ...desk())).join()).toMatch(
    /Nothing was confirmed/,
  )
  expect((await list()).match(/contested/g)).toHaveLength(2)
  expect((await govah("desk", "confirm", words, ...desk())).join("\n")).toContain(words)
  expect((await list()).match(/contested/g)).toHaveLength(1)
})
