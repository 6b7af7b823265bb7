import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { formatVerifierKey, makeEntry, signCheckpoint, verifierKey } from "@govah/core/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildArchive } from "../build.ts"
import { action, event, sampleInput, signer, story } from "../testing/sample.ts"
import { type LoggedEntry, tileFiles, treeOf } from "./archive-log.ts"

let root: string
let program: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "go-"))
  program = join(root, "verify")
  const source = join(import.meta.dirname, "../../../../vectors/go/verify.go")
  const env = {
    ...process.env,
    GO111MODULE: "off",
    GOPATH: "/usr/share/gocode",
    GOCACHE: join(root, "cache"),
    GOFLAGS: "",
  }
  const built = spawnSync("go", ["build", "-o", program, source], { env })
  if (built.error !== undefined || built.status !== 0)
    throw new Error(
      `Go and its x/mod are needed: apt-get install golang-go golang-golang-x-mod-dev\n${built.stderr}`,
    )
})
afterAll(() => rmSync(root, { recursive: true }))

function goVerifies(...args: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout } = spawnSync(program, args)
  return { status, output: stdout.toString() }
}

test("Go's x/mod reads an archive that our code wrote, and the edition before it as its beginning", async () => {
  const out = join(root, "archive")
  await buildArchive(sampleInput(), out)
  const earlier = join(root, "earlier")
  cpSync(join(out, "log/checkpoint"), earlier)
  const { vkey } = await buildArchive(sampleInput(out, [{ ...event, revision: 2 }, action, story]), out)
  expect(goVerifies(vkey, out, earlier)).toEqual({
    status: 0,
    output: "checkpoint ok 6\nentries ok 6\nconsistency ok 4 6\n",
  })
  // The positive control: each kind of file, changed by one byte, is refused by Go too.
  for (const path of ["log/checkpoint", "log/tile/0/000.p/6", "log/tile/entries/000.p/6"]) {
    const good = readFileSync(join(out, path))
    const flipped = Buffer.from(good)
    flipped[40] = (flipped[40] as number) ^ 1
    writeFileSync(join(out, path), flipped)
    expect(goVerifies(vkey, out), path).toMatchObject({ status: 1, output: expect.stringContaining("FAIL") })
    writeFileSync(join(out, path), good)
  }
})

test.each([1, 255, 256, 257, 66_000])("Go's x/mod reads tiles of a log of %i entries", async (size) => {
  let counter = 0
  const salt = (byteLength: number): Uint8Array => {
    const bytes = new Uint8Array(byteLength)
    new DataView(bytes.buffer).setUint32(0, counter++)
    return bytes
  }
  const entries = Array.from({ length: size }, (_, n): LoggedEntry => ({ ...makeEntry({ n }, salt) }))
  const tree = treeOf(entries)
  const folder = join(root, `log-${size}`)
  const checkpoint = await signCheckpoint({ origin: signer.name, size, root: tree.root() }, signer)
  for (const [path, bytes] of [...tileFiles(entries, tree), ["log/checkpoint", checkpoint] as const]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const vkey = formatVerifierKey(verifierKey(signer.name, signer.publicKey))
  expect(goVerifies(vkey, folder)).toEqual({
    status: 0,
    output: `checkpoint ok ${size}\nentries ok ${size}\n`,
  })
})
