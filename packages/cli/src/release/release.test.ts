import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import type { Context } from "../command.ts"
import { run } from "../run.ts"

interface Ran {
  readonly code: number
  readonly said: string
}
interface Bench {
  at(name: string): string
  govah(...argv: string[]): Promise<Ran>
  release(version: number, over?: Readonly<Record<string, string>>): Promise<Ran>
  verify(name: string, keys?: string): Promise<Ran>
}

/** A built page and keys: two of three must sign. */
async function bench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "govah-release-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const at = (name: string): string => join(folder, name)
  const govah = async (...argv: string[]): Promise<Ran> => {
    const said: string[] = []
    const context: Context = {
      primitives: nodePrimitives,
      now: () => new Date(),
      env: {},
      print: (line) => void said.push(line),
      write: async () => {},
      askSecret: async () => null,
      signal: new AbortController().signal,
    }
    const code = await run(argv, context, (line) => void said.push(line))
    return { code, said: said.join("\n") }
  }
  const key = async (name: string): Promise<string> =>
    (await govah("release", "key", at(name), "--name", `example.org/${name}`)).said
  const signers = [await key("one"), await key("two"), await key("three")]
  const keys = { log: await key("log-key"), signers, threshold: 2, v: 1 }
  await writeFile(at("keys.json"), JSON.stringify(keys, null, 2))
  await mkdir(at("dist/assets"), { recursive: true })
  await writeFile(at("dist/index.html"), "<!doctype html><title>x</title>")
  await writeFile(at("dist/sw.js"), "1")
  await writeFile(at("dist/assets/index-1.js"), "script")
  await writeFile(at("notes.html"), "<!doctype html><title>one file</title>")
  return {
    at,
    govah,
    release: (version, over = {}) => {
      const wish: Record<string, string> = {
        site: at("dist"),
        file: at("notes.html"),
        version: String(version),
        log: at("log"),
        "log-key": at("log-key"),
        out: at(`out-${version}`),
        ...over,
      }
      const options = Object.entries(wish).flatMap(([name, value]) => [`--${name}`, value])
      return govah("release", "make", ...options, "--key", at("one"), "--key", at("two"))
    },
    verify: (name, keysFile = "keys.json") => govah("release", "verify", at(name), "--keys", at(keysFile)),
  }
}

test("a release verifies as a folder and as one file, by the same words, and every change to it is named", async () => {
  const { at, release, verify } = await bench()
  const made = await release(1)
  expect(made.code).toBe(0)
  const words = /Its words: ([a-z ]{17,})/.exec(made.said)?.[1] as string
  for (const copy of ["out-1", "out-1/site", "out-1/notes.html"]) {
    const verified = await verify(copy)
    expect(verified.said).toContain(words)
    expect(verified.code).toBe(0)
  }
  for (const [path, change, named] of [
    ["assets/index-1.js", "other", "Changed: assets/index-1.js"],
    ["sw.js", "2", "Changed: sw.js"],
    ["assets/more.js", "more", "Not of it: assets/more.js"],
  ] as const) {
    await cp(at("out-1/site"), at("copy"), { recursive: true })
    await writeFile(join(at("copy"), path), change)
    const verified = await verify("copy")
    expect(verified.said).toContain(named)
    expect(verified.code).toBe(1)
    await rm(at("copy"), { recursive: true })
  }
  const single = await readFile(at("out-1/notes.html"))
  await writeFile(at("notes-2.html"), single.toString().replace("one file", "two file"))
  expect((await verify("notes-2.html")).said).toContain("the file was changed")
  expect(await verify("notes.html")).toMatchObject({
    code: 1,
    said: expect.stringContaining("no proof") as string,
  })
})

test("a version that is not higher is refused, and what one release logged the next one keeps", async () => {
  const { at, release, verify } = await bench()
  expect((await release(3)).code).toBe(0)
  for (const version of [3, 2]) {
    const again = await release(version, { out: at("again") })
    expect(again.said).toContain("a new one is 4 or higher")
    expect(again.code).toBe(2)
  }
  await writeFile(at("dist/assets/index-1.js"), "next")
  expect((await release(4)).code).toBe(0)
  expect((await verify("out-3")).code).toBe(0)
  expect((await verify("out-4")).code).toBe(0)
  // The new manifest with the old proof: signed, and not in the log that the proof shows.
  const [path3, path4] = [at("out-3/site/release/release.txt"), at("out-4/site/release/release.txt")]
  const [old, now] = [await readFile(path3, "utf8"), await readFile(path4, "utf8")]
  await writeFile(path4, now.slice(0, now.indexOf("c2sp.org/")) + old.slice(old.indexOf("c2sp.org/")))
  expect((await verify("out-4")).said).toContain("does not show this release in the log")
})

test("too few signers are too few, until another one signs", async () => {
  const { at, govah, verify } = await bench()
  const options = ["--site", at("dist"), "--file", at("notes.html"), "--version", "1", "--log", at("log")]
  const made = [
    "release",
    "make",
    ...options,
    "--log-key",
    at("log-key"),
    "--out",
    at("out"),
    "--key",
    at("one"),
  ]
  expect((await govah(...made)).code).toBe(0)
  expect((await verify("out")).said).toContain("signed by 1 of the keys")
  expect((await govah("release", "sign", at("out"), "--key", at("one"))).code).toBe(2)
  expect((await govah("release", "sign", at("out"), "--key", at("three"))).code).toBe(0)
  expect((await verify("out")).code).toBe(0)
  expect((await verify("out/notes.html")).code).toBe(0)
})

test("without keys to judge by nothing is said to be good", async () => {
  const { at, govah, release, verify } = await bench()
  await release(1)
  expect(await govah("release", "verify", at("out-1"))).toMatchObject({
    code: 2,
    said: expect.stringContaining("names no release keys yet") as string,
  })
  await writeFile(at("none.json"), "{}")
  expect((await verify("out-1", "none.json")).code).toBe(1)
  expect((await govah("release", "key", at("one"), "--name", "again")).said).toContain("is there already")
})
