import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { concatBytes, equalBytes, gatherBytes } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import {
  Decrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from "age-encryption"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { recordFor, rootOf } from "../testing/recording.ts"
import { inviteUnit } from "../testing/unit.ts"

const TODAY = "2026-01-10"
const INTEROP = { interopX25519: true }
const STRICT = { interopX25519: false }

async function freshDesk(): Promise<TestDesk> {
  const made = await makeTestDesk()
  onTestFinished(() => made.dispose())
  return made
}

async function deskWith(
  bytes: Uint8Array,
): Promise<TestDesk & { root: CellId; cells: readonly Uint8Array[] }> {
  const made = await freshDesk()
  const unit = await inviteUnit(made.desk, TODAY)
  const parcel = await unit.seal({}, [{ type: "video/mp4", bytes }])
  await made.take(parcel.cells)
  return { ...made, root: parcel.rootId, cells: parcel.cells }
}

async function exported(desk: TestDesk["desk"], root: CellId, recipient: string): Promise<Uint8Array> {
  const to = { recipients: [recipient], rules: INTEROP }
  return await gatherBytes(desk.exportAge(root, 0, to))
}

function debianAge(folder: string, identity: string, file: Uint8Array): Uint8Array {
  const paths = { key: join(folder, "court.txt"), file: join(folder, "court.age") }
  writeFileSync(paths.key, `${identity}\n`)
  writeFileSync(paths.file, file)
  return new Uint8Array(execFileSync("age", ["-d", "-i", paths.key, paths.file], { maxBuffer: 10_000_000 }))
}

const video = concatBytes(...Array.from({ length: 5 }, () => p.random(60_001)))

test("age opens an exported file, which is the received payload behind a new header", async () => {
  const { desk, root, cells, folder } = await deskWith(video)
  const identity = await generateX25519Identity()
  const file = await exported(desk, root, await identityToRecipient(identity))
  expect(equalBytes(debianAge(folder, identity, file), video)).toBe(true)
  // The payload as it came: the first body cell is in the file, byte for byte, right after the header.
  const end = Buffer.from(file).indexOf("\n--- ")
  const header = Buffer.from(file).indexOf("\n", end + 1) + 1
  const body = file.subarray(header, header + 16_352)
  expect(cells.some((cell) => equalBytes(cell.subarray(0, 16_352), body))).toBe(true)
})

test("a post-quantum recipient opens it with the age library, and nobody else does", async () => {
  const { desk, root } = await deskWith(video)
  const [court, stranger] = [await generateHybridIdentity(), await generateHybridIdentity()]
  const file = await exported(desk, root, await identityToRecipient(court))
  const decrypter = new Decrypter()
  decrypter.addIdentity(court)
  expect(equalBytes(await decrypter.decrypt(file), video)).toBe(true)
  const wrong = new Decrypter()
  wrong.addIdentity(stranger)
  await expect(wrong.decrypt(file)).rejects.toThrow(/no identity matched/)
})

test("the slices of a recording are joined into one file", async () => {
  const made = await freshDesk()
  const slices = [p.random(20_000), p.random(65_536), p.random(1), p.random(60_000)]
  const recording = await recordFor(made.desk, TODAY, slices)
  const end = await recording.finish("what was recorded")
  await made.take([...recording.cells, ...end])
  const identity = await generateX25519Identity()
  const file = await exported(made.desk, await rootOf(end), await identityToRecipient(identity))
  expect(equalBytes(debianAge(made.folder, identity, file), concatBytes(...slices))).toBe(true)
})

test("X25519 only by an explicit wish, no mixture, no damaged recipient", async () => {
  const { desk, root } = await deskWith(video)
  const classic = await identityToRecipient(await generateX25519Identity())
  const hybrid = await identityToRecipient(await generateHybridIdentity())
  const refuse = async (recipients: readonly string[], rules: { interopX25519: boolean }): Promise<unknown> =>
    await Array.fromAsync(desk.exportAge(root, 0, { recipients, rules })).then(
      () => "exported",
      (error: { code?: string }) => error.code,
    )
  expect(await refuse([classic], STRICT)).toBe("bad-recipient")
  expect(await refuse([classic, hybrid], INTEROP)).toBe("mixed-recipients")
  expect(await refuse([`${hybrid.slice(0, -1)}${hybrid.endsWith("q") ? "p" : "q"}`], STRICT)).toBe(
    "bad-recipient",
  )
  expect(await refuse([], STRICT)).toBe("bad-recipient")
  expect(await refuse([hybrid], STRICT)).toBe("exported")
})

test("nothing of an attachment that does not match its root is exported", async () => {
  const made = await freshDesk()
  // A sender whose hash of the plaintext is a lie.
  const liar = {
    ...p,
    hasher: () => ({ update: () => {}, digest: () => new Uint8Array(32) }),
  }
  const unit = await inviteUnit(made.desk, TODAY, undefined, liar)
  const parcel = await unit.seal({}, [{ type: "video/mp4", bytes: video }])
  await made.take(parcel.cells)
  const recipient = await identityToRecipient(await generateHybridIdentity())
  const pieces: Uint8Array[] = []
  const run = async (): Promise<void> => {
    const to = { recipients: [recipient], rules: STRICT }
    for await (const piece of made.desk.exportAge(parcel.rootId, 0, to)) pieces.push(piece.slice())
  }
  await expect(run()).rejects.toMatchObject({ code: "unreadable" })
  expect(pieces).toEqual([])
})

test("an attachment that is not there, or not whole, is named", async () => {
  const made = await freshDesk()
  const unit = await inviteUnit(made.desk, TODAY)
  const parcel = await unit.seal({}, [{ type: "video/mp4", bytes: video }])
  await made.take(parcel.cells.slice(3))
  const to = { recipients: [await identityToRecipient(await generateHybridIdentity())], rules: STRICT }
  const first = async (index: number): Promise<unknown> =>
    await made.desk.exportAge(parcel.rootId, index, to).next()
  await expect(first(0)).rejects.toMatchObject({ code: "not-whole" })
  await expect(first(1)).rejects.toMatchObject({ code: "no-attachment" })
})
