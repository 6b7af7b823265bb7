import { expect, test } from "vitest"
import { admit } from "../admission/admission.ts"
import { nameCells } from "../ingest/name-cells.ts"
import { parseConfig } from "../config.ts"
import type { Relay } from "../relay.ts"
import { hashOf, putAll, realDeps, seededCells, someDeskKey, startRelay } from "../testing/test-relay.ts"

async function ask(relay: Relay, body: string, authorization?: string): Promise<[number, Buffer]> {
  const answer = await fetch(`${relay.url}/restore`, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/octet-stream",
      ...(authorization === undefined ? {} : { Authorization: `Bearer ${authorization}` }),
    },
  })
  return [answer.status, Buffer.from(await answer.arrayBuffer())]
}

const cells = seededCells("restore", 100)
const ids = cells.map(hashOf).sort()

test("a range of ids is given whole, ascending, and nothing says which of them was wanted", async () => {
  const relay = await startRelay({ restore: true })
  await putAll(relay.store, await nameCells(cells, realDeps.primitives))
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  expect((await ask(relay, "", capability))[0]).toBe(413)
  const prefix = (ids[40] as string).slice(0, 1)
  const wanted = ids.filter((id) => id.startsWith(prefix))
  const [status, bundle] = await ask(relay, prefix, capability)
  expect(status).toBe(200)
  const got = Array.from({ length: bundle.length / 16_384 }, (_, i) =>
    hashOf(bundle.subarray(i * 16_384, (i + 1) * 16_384)),
  )
  expect(got).toEqual(wanted)
  // Whoever wants another cell of the range asks and hears the very same.
  expect((await ask(relay, prefix, capability))[1].equals(bundle)).toBe(true)
  const [none, nothing] = await ask(relay, "0123456789abcdef", capability)
  expect([none, nothing.length]).toEqual([200, 0])
  for (const body of ["G", "A", "zz", " 1"]) expect((await ask(relay, body, capability))[0]).toBe(400)
  expect((await ask(relay, "0".repeat(17), capability))[0]).toBe(413)
})

test("closed, or without a desk's capability, it looks as if it were not there", async () => {
  const shut = await startRelay()
  const open = await startRelay({ restore: true })
  const absent = await fetch(`${open.url}/nothing`, { method: "POST" })
  const text = Buffer.from(await absent.arrayBuffer())
  const desk = await admit(shut.store, { deskKey: someDeskKey() })
  expect(await ask(shut, "0", desk)).toEqual([404, text])
  expect(await ask(open, "0")).toEqual([404, text])
  const mirror = await admit(open.store, { deskKey: "north", kind: "mirror" })
  expect(await ask(open, "0", mirror)).toEqual([404, text])
  // Control: open, with a desk's capability.
  expect((await ask(open, "0", await admit(open.store, { deskKey: someDeskKey() })))[0]).toBe(200)
})

test("an operator opens it by name alone", () => {
  const file = { GOVAH_RELAY_FILE: "relay.db" }
  expect(parseConfig(file).restore).toBe(false)
  expect(parseConfig({ ...file, GOVAH_RELAY_RESTORE: "on" }).restore).toBe(true)
  expect(() => parseConfig({ ...file, GOVAH_RELAY_RESTORE: "yes" })).toThrow(
    expect.objectContaining({ code: "bad-config" }) as Error,
  )
})
