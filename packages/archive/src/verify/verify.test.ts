import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative as relativePath } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { buildArchive } from "../build.ts"
import { buildToSpoil, flipEveryFile, type Spoiled } from "../testing/flip.ts"
import { sampleInput, signer } from "../testing/sample.ts"
import { openFolder } from "./folder.ts"
import { verifyArchive } from "./verify.ts"

let root: string
let spoiled: Spoiled
let good: string
let copy: string
let vkey: string
let paths: readonly string[]

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "verify-"))
  spoiled = await buildToSpoil(root)
  ;({ good, copy, vkey, paths } = spoiled)
})
afterAll(() => rmSync(root, { recursive: true }))

/** Restores one file of the copy. */
function restore(path: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  cpSync(join(good, path), join(copy, path))
}
async function failedFiles(): Promise<readonly string[]> {
  const verdict = await verifyArchive(copy, { vkey })
  expect(verdict.ok).toBe(false)
  return verdict.failed
}

test("an untouched copy passes, with the key given and without", async () => {
  expect(await verifyArchive(copy, { vkey })).toMatchObject({
    ok: true,
    failed: [],
    keySource: "given",
    logSize: 6,
  })
  const alone = await verifyArchive(copy)
  expect(alone).toMatchObject({ ok: true, keySource: "folder", edition: { number: 2, made: "2021-03-03" } })
  expect(alone.checks.find((c) => c.name === "key")).toMatchObject({
    result: "not-applicable",
    why: "Checked only against the key in the folder itself: compare it with the printed one.",
  })
})

test("the folder may be named by a relative path", async () => {
  const relative = relativePath(process.cwd(), copy)
  expect(await verifyArchive(relative, { vkey })).toMatchObject({ ok: true, failed: [] })
  expect(await verifyArchive(`${relative}/`, { vkey })).toMatchObject({ ok: true, failed: [] })
})

describe("every file", () => {
  test("a flipped byte at its start, middle or end, in turn, names exactly that file", async () => {
    const { flipped, misnamed, missedByWeak } = await flipEveryFile(spoiled, (length, file) => [
      [0, length >> 1, length - 1][file % 3] as number,
    ])
    expect(misnamed).toEqual([])
    expect(flipped).toBe(paths.length)
    // The same attack passes by a verifier that looks at the head alone: so the attack is one.
    expect(missedByWeak).toBeGreaterThan(paths.length / 2)
    expect((await verifyArchive(copy, { vkey })).ok).toBe(true)
  })

  test("its removal names exactly that file", async () => {
    for (const path of paths) {
      rmSync(join(copy, path))
      expect(await failedFiles(), path).toEqual([path])
      restore(path)
    }
  })

  test("a byte more, or all gone from it, names exactly that file", async () => {
    for (const path of paths) {
      appendFileSync(join(copy, path), "\n")
      expect(await failedFiles(), path).toEqual([path])
      writeFileSync(join(copy, path), "")
      expect(await failedFiles(), path).toEqual([path])
      restore(path)
    }
  })

  test("a file beside it that does not belong is named alone", async () => {
    for (const folder of new Set(paths.map((path) => dirname(path)))) {
      const extra = join(folder, "added.html")
      writeFileSync(join(copy, extra), "<p>added</p>")
      expect(await failedFiles(), extra).toEqual([extra])
      rmSync(join(copy, extra))
    }
  })

  test("exchanged with its neighbour: both are named, and no third", async () => {
    for (const [i, path] of paths.entries()) {
      const other = paths[(i + 1) % paths.length] as string
      if (readFileSync(join(good, path)).equals(readFileSync(join(good, other)))) continue
      renameSync(join(copy, path), join(root, "held"))
      renameSync(join(copy, other), join(copy, path))
      renameSync(join(root, "held"), join(copy, other))
      const failed = await failedFiles()
      // Where the list itself was exchanged, what it says of the other is worth nothing: the list alone is named.
      if (path === "MANIFEST" || other === "MANIFEST") expect(failed, path).toContain("MANIFEST")
      else expect(failed, `${path} ${other}`).toEqual([path, other].sort())
      for (const name of failed) expect([path, other]).toContain(name)
      restore(path)
      restore(other)
    }
  })
})

describe("a cleverer forger", () => {
  test("a page with its line in MANIFEST: MANIFEST is named", async () => {
    const page = readFileSync(join(copy, "en/about.html"), "utf8").replace("not complete", "complete  ..")
    writeFileSync(join(copy, "en/about.html"), page)
    const digest = (await (await openFolder(copy)).digest("en/about.html"))?.sha256 as string
    const list = readFileSync(join(copy, "MANIFEST"), "utf8")
    writeFileSync(
      join(copy, "MANIFEST"),
      list.replace(/^[0-9a-f]{64}( {2}\d+ {2}en\/about\.html)$/m, `${digest}$1`),
    )
    expect(await failedFiles()).toEqual(["MANIFEST"])
    for (const path of ["en/about.html", "MANIFEST"]) restore(path)
  })

  test("everything made anew under a key of the forger's own: only the printed key shows it", async () => {
    const forged = join(root, "forged")
    const { generateKeyPairSync, sign } = await import("node:crypto")
    const pair = generateKeyPairSync("ed25519")
    const publicKey = new Uint8Array(
      Buffer.from(pair.publicKey.export({ format: "jwk" }).x as string, "base64url"),
    )
    const forger = {
      ...signer,
      publicKey,
      sign: (m: Uint8Array) => new Uint8Array(sign(null, m, pair.privateKey)),
    }
    await buildArchive({ ...sampleInput(), signer: forger }, forged)
    const fooled = await verifyArchive(forged)
    expect(fooled).toMatchObject({ ok: true, keySource: "folder" })
    expect(fooled.checks.some((c) => c.name === "key" && c.result === "not-applicable")).toBe(true)
    expect((await verifyArchive(forged, { vkey })).failed).toEqual(["log/checkpoint", "log/key"])
  })

  test("an older edition under the right key: a checkpoint kept from before shows it", async () => {
    const old = join(root, "old")
    await buildArchive(sampleInput(), old)
    const earlierCheckpoint = new Uint8Array(readFileSync(join(good, "log/checkpoint")))
    expect((await verifyArchive(old, { vkey })).ok).toBe(true)
    expect((await verifyArchive(old, { vkey, earlierCheckpoint })).failed).toEqual(["log/checkpoint"])
    expect((await verifyArchive(good, { vkey, earlierCheckpoint })).ok).toBe(true)
  })

  test("a link in place of a file is not followed", async () => {
    rmSync(join(copy, "en/about.html"))
    symlinkSync(join(good, "en/about.html"), join(copy, "en/about.html"))
    expect(await failedFiles()).toEqual(["en/about.html"])
    rmSync(join(copy, "en/about.html"))
    restore("en/about.html")
  })

  test("a folder name that promises a huge log costs nothing", async () => {
    const path = "log/tile/entries/x999/x999/999"
    mkdirSync(join(copy, dirname(path)), { recursive: true })
    writeFileSync(join(copy, path), "")
    writeFileSync(join(copy, "log/checkpoint"), "gone")
    expect(await failedFiles()).toContain("log/checkpoint")
    rmSync(join(copy, "log/tile/entries/x999"), { recursive: true })
    restore("log/checkpoint")
    expect((await verifyArchive(copy, { vkey })).ok).toBe(true)
  })
})

test("what is not there, or is no archive, or no key, is said plainly", async () => {
  expect(await verifyArchive(join(root, "nowhere"))).toMatchObject({
    ok: false,
    checks: [{ name: "folder" }],
  })
  mkdirSync(join(root, "empty"))
  expect(await verifyArchive(join(root, "empty"))).toMatchObject({ ok: false, checks: [{ name: "folder" }] })
  const verdict = await verifyArchive(copy, { vkey: "not a key" })
  expect(verdict.ok).toBe(false)
  expect(verdict.checks[0]).toMatchObject({ name: "key", result: "fail" })
})
