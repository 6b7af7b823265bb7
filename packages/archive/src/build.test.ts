import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openCheckpoint, parseVerifierKey, verifyConsistency } from "@govah/core/log"
import type { EventPublication } from "@govah/core/publication"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { buildArchive } from "./build.ts"
import { verifyEd25519 } from "./ed25519.ts"
import { readVerifiedLog, treeOf } from "./log/archive-log.ts"
import { siblingsOf } from "./replace-folder.ts"
import { action, event, sampleInput, signer, story } from "./testing/sample.ts"
import { verifyArchive } from "./verify/verify.ts"

let root: string
let out: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "archive-"))
  out = join(root, "archive")
})
afterEach(() => rmSync(root, { recursive: true }))

/** Text by path of a whole folder. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    files.map((f) => [
      join(f.parentPath, f.name).slice(folder.length + 1),
      readFileSync(join(f.parentPath, f.name), "latin1"),
    ]),
  )
}
const second = {
  ...event,
  revision: 2,
  title: { fa: "اصلاح", en: "Corrected" },
} as EventPublication

describe("the log only grows", () => {
  test("a rebuild of the same adds nothing and gives the same bytes", async () => {
    const first = await buildArchive(sampleInput(), out)
    const before = contents(out)
    const again = await buildArchive({ ...sampleInput(out), madeAt: 1_700_000_000 }, out)
    expect(contents(out)).toEqual(before)
    expect(again).toMatchObject({ edition: 1, added: 0, logSize: first.logSize })
  })

  test("a rebuild heals a damaged page, and does not touch the log", async () => {
    await buildArchive(sampleInput(), out)
    const before = contents(out)
    writeFileSync(join(out, "en/index.html"), "defaced")
    await buildArchive(sampleInput(out), out)
    expect(contents(out)).toEqual(before)
  })

  test("a correction is a new entry and a new edition; the earlier log begins the later one", async () => {
    const { vkey } = await buildArchive(sampleInput(), out)
    const earlier = new Uint8Array(readFileSync(join(out, "log/checkpoint")))
    const built = await buildArchive(sampleInput(out, [second, action, story]), out)
    expect(built).toMatchObject({ edition: 2, added: 2, logSize: 6 })
    expect(readFileSync(join(out, "en/event/e1.html"), "utf8")).toContain("Corrected")
    expect((await verifyArchive(out, { vkey, earlierCheckpoint: earlier })).ok).toBe(true)
    const key = parseVerifierKey(vkey)
    const old = await openCheckpoint(earlier, key, verifyEd25519)
    const now = await openCheckpoint(
      new Uint8Array(readFileSync(join(out, "log/checkpoint"))),
      key,
      verifyEd25519,
    )
    const tree = treeOf((await readVerifiedLog(out)).entries)
    verifyConsistency(old.size, old.root, now.size, now.root, tree.consistencyProof(old.size))
  })

  test("an entry of the log holds no word of what it is about", async () => {
    await buildArchive(sampleInput(), out)
    const bundle = readFileSync(join(out, "log/tile/entries/000.p/4"), "latin1")
    for (const word of ["event", "Shooting", "Abadi", "2021-02", "publication", "edition"])
      expect(bundle, word).not.toContain(word)
    // The same search finds them in what lies beside the log.
    const beside = JSON.parse(readFileSync(join(out, "log/disclosures/0.json"), "utf8")) as {
      disclosures: string[]
    }
    expect(beside.disclosures.map((text) => Buffer.from(text, "base64url").toString()).join()).toContain(
      "Shooting",
    )
  })

  test("a withdrawal takes the words away, and the log still verifies", async () => {
    const { vkey } = await buildArchive(sampleInput(), out)
    const earlierCheckpoint = new Uint8Array(readFileSync(join(out, "log/checkpoint")))
    const withoutStory = { ...sampleInput(out, [event]), withdrawn: ["A1", "T1"] }
    expect(await buildArchive(withoutStory, out)).toMatchObject({ edition: 2, added: 2 })
    const all = Object.values(contents(out)).join()
    expect(all).not.toContain("You are not alone")
    expect(all).not.toContain(Buffer.from("You are not alone").toString("base64url").slice(2, -2))
    expect(existsSync(join(out, "log/disclosures/1.json"))).toBe(false)
    expect(await verifyArchive(out, { vkey, earlierCheckpoint })).toMatchObject({ ok: true, failed: [] })
    expect(await buildArchive(withoutStory, out)).toMatchObject({ added: 0 })
  })
})

test("an empty folder takes a first edition, whoever made it", async () => {
  mkdirSync(out)
  expect(await buildArchive(sampleInput(out), out)).toMatchObject({ edition: 1 })
})

test("a build that finds only the remains of a cut-off swap continues the log, though its caller saw no folder", async () => {
  await buildArchive(sampleInput(), out)
  renameSync(out, siblingsOf(out).before)
  expect(await buildArchive(sampleInput(null), out)).toMatchObject({ edition: 1, added: 0 })
  expect((await verifyArchive(out)).ok).toBe(true)
})

describe("a build refuses", () => {
  const refuses = async (
    code: string,
    input: Parameters<typeof buildArchive>[0],
    folder: string = out,
  ): Promise<void> => {
    const before = existsSync(folder) ? contents(folder) : null
    await expect(buildArchive(input, folder)).rejects.toMatchObject({ code })
    expect(existsSync(folder) ? contents(folder) : null).toEqual(before)
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([])
  }

  test("other content under a revision already logged", async () => {
    await buildArchive(sampleInput(), out)
    const changed = { ...second, revision: 1 }
    await refuses("revision-changed", sampleInput(out, [changed, action, story]))
  })

  test("to leave out silently what was published", async () => {
    await buildArchive(sampleInput(), out)
    await refuses("would-drop", sampleInput(out, [event, action]))
  })

  test("to go back to an older revision", async () => {
    await buildArchive(sampleInput(null, [second, action, story]), out)
    await refuses("would-rewrite", sampleInput(out))
  })

  test("to start a new log over an old one, or to continue a shorter copy of it", async () => {
    await buildArchive(sampleInput(), out)
    const copy = join(root, "copy")
    cpSync(out, copy, { recursive: true })
    await refuses("would-rewrite", sampleInput())
    await buildArchive(sampleInput(out, [second, action, story]), out)
    await refuses("would-rewrite", sampleInput(copy))
  })

  test("a log that does not verify, or is another key's", async () => {
    await buildArchive(sampleInput(), out)
    const path = join(out, "log/tile/entries/000.p/4")
    const bytes = readFileSync(path)
    bytes[20] = (bytes[20] as number) ^ 1
    writeFileSync(path, bytes)
    await refuses("log-not-verified", sampleInput(out))
    bytes[20] = (bytes[20] as number) ^ 1
    writeFileSync(path, bytes)
    const stranger = { ...signer, publicKey: new Uint8Array(32).fill(1) }
    await refuses("log-not-verified", { ...sampleInput(out), signer: stranger })
  })

  test("to replace a folder that is not an archive", async () => {
    mkdirSync(out)
    writeFileSync(join(out, "thesis.txt"), "years of work")
    await refuses("not-an-archive", sampleInput())
  })

  test("pictures that are missing, changed or not JPEG, and citations of nothing", async () => {
    await refuses("missing-picture", { ...sampleInput(), pictures: new Map() })
    const wrong = new Map([...sampleInput().pictures].map(([hash]) => [hash, new Uint8Array(3)]))
    await refuses("wrong-picture", { ...sampleInput(), pictures: wrong })
    await refuses("dangling-citation", sampleInput(null, [action, story]))
    await refuses("nothing-to-publish", sampleInput(null, []))
    await refuses("duplicate-id", sampleInput(null, [event, { ...event, id: "e1" }, action, story]))
    await refuses("duplicate-id", sampleInput(null, [event, { ...event, id: "E2" }, action, story]))
  })

  test("a signer under another name than the log's", async () => {
    await refuses("wrong-origin", { ...sampleInput(), origin: "archive.example/other" })
  })
})
