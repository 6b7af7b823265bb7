import { createHash } from "node:crypto"
import type { CellId } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { readBundleAnswer } from "./index.ts"

const ids = Array.from({ length: 10 }, () => Buffer.from(p.random(32)).toString("hex") as CellId)
const digest = createHash("sha256")
  .update(Buffer.from(ids.join(""), "hex"))
  .digest()
const answer = (status: number, ...parts: Uint8Array[]): { status: number; body: Uint8Array } => ({
  status,
  body: new Uint8Array(Buffer.concat(parts)),
})

test("a bitmap over the very cells that were sent is believed, bit by bit", async () => {
  const read = await readBundleAnswer(answer(200, Uint8Array.of(0b1010_0000, 0b0100_0000), digest), ids, p)
  expect(read).toEqual([true, false, true, false, false, false, false, false, false, true])
})

test.each([
  ["bad-answer", answer(200)],
  ["bad-answer", answer(200, digest)],
  ["bad-answer", answer(200, Uint8Array.of(0xff), digest)],
  ["bad-answer", answer(200, Uint8Array.of(0xff, 0xc0, 0), digest)],
  ["bad-answer", answer(200, Uint8Array.of(0xff, 0xe0), digest)],
  ["bad-answer", answer(200, Uint8Array.of(0xff, 0xc0), p.random(32))],
  ["work-needed", answer(428, Buffer.from('{"error":"work-needed"}'))],
  ["busy", answer(503, Buffer.from('{"error":"busy"}'))],
  ["full", answer(507, Buffer.from('{"error":"full"}'))],
  ["too-slow", answer(408, Buffer.from('{"error":"too-slow"}'))],
  ["refused", answer(404, Buffer.from('{"error":"not-found"}'))],
  ["refused", answer(200 + 1, Uint8Array.of(0xff, 0xc0), digest)],
  ["refused", answer(500, Buffer.from("<html>"))],
] as const)("%s", async (code, lie) => {
  await expect(readBundleAnswer(lie, ids, p)).rejects.toMatchObject({ code })
})
