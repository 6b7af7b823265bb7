import { readFileSync } from "node:fs"
import { type Edit, edited } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { outcomeOf, vectorCases } from "../testing/vector-cases.ts"
import type { Box } from "./box.ts"
import { boxDrawer } from "./box-drawer.ts"
import { decodeBox, encodeBox } from "./box-format.ts"
import { callBox } from "./box-wire.ts"

function boxOf(files: Readonly<Record<string, Uint8Array>>): Box {
  return new Map(Object.entries(files).map(([name, bytes]) => [name, { held: bytes, length: bytes.length }]))
}

test("a box is read as it was written, and has one spelling", async () => {
  const name = fc.stringMatching(/^[a-z0-9-]{1,40}$/)
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 90 })), async (files) => {
      const bytes = await encodeBox(boxOf(files), p)
      const read = await decodeBox(bytes, p)
      expect([...read.keys()].sort()).toEqual(Object.keys(files).sort())
      expect(await encodeBox(read, p)).toEqual(bytes)
    }),
    { numRuns: 200 },
  )
})

test("no byte changed, lost or added, no false length and no strange name gives a box", async () => {
  const whole = await encodeBox(boxOf({ "cells-a": Uint8Array.of(1, 2, 3), lock: new Uint8Array(9) }), p)
  for (let at = 0; at < whole.length; at++) {
    const flipped = whole.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    await expect(decodeBox(flipped, p)).rejects.toMatchObject({ name: "BoxError" })
    await expect(decodeBox(whole.subarray(0, at), p)).rejects.toMatchObject({ name: "BoxError" })
  }
  await expect(decodeBox(new Uint8Array([...whole, 0]), p)).rejects.toMatchObject({ code: "damaged" })
  // Whoever writes the hash as well still cannot have more read than there is.
  const body = whole.subarray(0, whole.length - 32)
  for (let at = 12; at < body.length; at++) {
    const forged = body.slice()
    forged[at] = 255
    const signed = new Uint8Array([...forged, ...(await p.sha256(forged))])
    const read = await decodeBox(signed, p).catch((error: { name: string }) => error.name)
    if (read === "BoxError") continue
    let bytes = 0
    for (const { length } of (read as Box).values()) bytes += length
    expect(bytes).toBeLessThanOrEqual(signed.length)
  }
  for (const name of ["../x", "A", "", "a b"]) {
    const strange = await encodeBox(boxOf({ [name]: new Uint8Array(1) }), p)
    await expect(decodeBox(strange, p)).rejects.toMatchObject({ code: "damaged" })
  }
  const newer = new Uint8Array(whole)
  newer[10] = 0x32
  await expect(decodeBox(newer, p)).rejects.toMatchObject({ code: "unknown-version" })
})

interface BoxCase {
  readonly hashed?: string
  readonly edits?: readonly Edit[]
  readonly files?: Readonly<Record<string, string>>
}
const cases = vectorCases<BoxCase>(
  readFileSync(new URL("../../../../vectors/box.json", import.meta.url), "utf8"),
)
const hashed = async (base64: string): Promise<Uint8Array> => {
  const body = new Uint8Array(Buffer.from(base64, "base64"))
  return new Uint8Array([...body, ...(await p.sha256(body))])
}

test.each(cases)("the vectors' box: $name", async (c) => {
  const received =
    c.hashed === undefined
      ? edited(await hashed(cases[0]?.hashed as string), c.edits as readonly Edit[])
      : await hashed(c.hashed)
  const said = await outcomeOf(async () => {
    const box = await decodeBox(received, p)
    const files = [...box].map(([name, { held, length }]) => [
      name,
      Buffer.from(held.subarray(0, length)).toString("hex"),
    ])
    expect(Object.fromEntries(files)).toEqual(c.files)
    expect(await encodeBox(box, p)).toEqual(received)
  })
  expect(said).toBe(c.expect)
})

test("a drawer over a box reads, writes, cuts and removes as one on a disk", async () => {
  const box: Box = new Map()
  const drawer = boxDrawer(async (call) => callBox(box, call).answer)
  expect(await drawer.open("absent", false)).toBe(null)
  const file = await drawer.open("a-file", true)
  await file?.write(4, Uint8Array.of(1, 2))
  expect(await file?.size()).toBe(6)
  expect(await file?.read(0, 99)).toEqual(Uint8Array.of(0, 0, 0, 0, 1, 2))
  expect(await file?.read(9, 2)).toEqual(new Uint8Array(0))
  await file?.truncate(5)
  expect(await file?.read(3, 9)).toEqual(Uint8Array.of(0, 1))
  const held = box.get("a-file")?.held
  // A second one waits for the first.
  const order: string[] = []
  const second = drawer.open("a-file", false).then((opened) => {
    order.push("second")
    return opened
  })
  order.push("first")
  await file?.close()
  await (await second)?.close()
  expect(order).toEqual(["first", "second"])
  await drawer.remove("a-file")
  expect(await drawer.names()).toEqual([])
  expect(held?.every((byte) => byte === 0)).toBe(true)
})
