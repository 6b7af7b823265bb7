import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { concatBytes, gatherBytes } from "./bytes/index.ts"
import { openPayload } from "./open/index.ts"
import { sealPayload } from "./seal/index.ts"
import { scribbling } from "./testing/index.ts"

// The pieces of a payload are lent for one turn. The suites of parcels, recordings and the desk run over primitives that
// scribble over what they get back; here is shown that whoever keeps a piece fails there, and by our own primitives too.
const BYTES = 5 * 65_536 + 9
const plaintext = concatBytes(...Array.from({ length: 6 }, () => nodePrimitives.random(65_536))).slice(
  0,
  BYTES,
)
const fileKey = nodePrimitives.random(16)

async function* cellsOf(sealed: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < sealed.length; at += 16_352) yield sealed.subarray(at, at + 16_352)
}

test.each([
  ["that scribble over what they get back", scribbling(nodePrimitives)],
  ["of Node", nodePrimitives],
])("primitives %s: who copies has the bytes, who keeps has not", async (_, p) => {
  const sealing = (): AsyncGenerator<Uint8Array> => sealPayload(fileKey, [plaintext], p)
  const sealed = await gatherBytes(sealing())
  const opening = (): AsyncGenerator<Uint8Array> => openPayload(fileKey, BYTES, cellsOf(sealed), p)
  const opened = await gatherBytes(opening())
  expect(Buffer.compare(opened, plaintext)).toBe(0)

  const kept = concatBytes(...(await Array.fromAsync(sealing())))
  await expect(gatherBytes(openPayload(fileKey, BYTES, cellsOf(kept), p))).rejects.toMatchObject({
    code: "tampered",
  })
  expect(Buffer.compare(concatBytes(...(await Array.fromAsync(opening()))), plaintext)).not.toBe(0)
})

test("of an opened payload nothing is left in lent memory, also where its reader stops early", async () => {
  const sealed = await gatherBytes(sealPayload(fileKey, [plaintext], nodePrimitives))
  const lent: Uint8Array[] = []
  for await (const piece of openPayload(fileKey, BYTES, cellsOf(sealed), nodePrimitives)) lent.push(piece)
  for await (const piece of openPayload(fileKey, BYTES, cellsOf(sealed), nodePrimitives)) {
    lent.push(piece)
    expect(piece.some((byte) => byte !== 0)).toBe(true)
    break
  }
  expect(lent.length).toBe(7)
  for (const piece of lent) expect(piece.every((byte) => byte === 0)).toBe(true)
})
