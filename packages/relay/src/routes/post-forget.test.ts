import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { admit, forgetAdmission } from "../admission/admission.ts"
import type { Relay } from "../relay.ts"
import {
  hashOf,
  ownCells,
  postCells,
  pullAll,
  realDeps,
  someDeskKey,
  startRelay,
} from "../testing/test-relay.ts"

function forget(relay: Relay, body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${relay.url}/forget`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream", ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  })
}

async function shape(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== "date")
  return [answer.status, headers, Buffer.from(await answer.arrayBuffer()).toString("hex")]
}

async function idsAt(relay: Relay): Promise<string[]> {
  const capability = await admit(relay.store, { deskKey: someDeskKey("reader") })
  return [...(await pullAll(relay.url, capability)).ids].sort()
}

test("A cell is forgotten for its token, and posting it again is answered like any other and keeps nothing", async () => {
  const relay = await startRelay()
  const { cells, tokens } = ownCells("own", 5)
  const stored = await shape(await postCells(relay.url, cells))
  expect((await forget(relay, Buffer.concat(tokens.slice(0, 3)))).status).toBe(204)
  const left = cells.slice(3).map(hashOf).sort()
  expect(await idsAt(relay)).toEqual(left)
  const before = relay.store.commits
  expect(await shape(await postCells(relay.url, cells))).toEqual(stored)
  expect(relay.store.commits).toBe(before + 1)
  expect(await idsAt(relay)).toEqual(left)
})

test("Tokens of cells here, of cells forgotten before and of no cell get the same answer after as many commits each", async () => {
  const relay = await startRelay()
  const { cells, tokens } = ownCells("same", 2)
  await postCells(relay.url, cells)
  const answers: unknown[] = []
  for (const body of [tokens[0], tokens[0], randomBytes(32)] as Uint8Array[]) {
    const before = relay.store.commits
    answers.push(await shape(await forget(relay, body)))
    // What is forgotten, and what lies over it.
    expect(relay.store.commits).toBe(before + 2)
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test("Nobody deletes another desk's cell: not an admitted desk, not a former one, not by the cell's own bytes", async () => {
  let now = new Date("2021-02-22T12:00:00Z")
  const relay = await startRelay({}, { ...realDeps, now: () => now })
  const [ours, theirs] = [ownCells("ours", 3), ownCells("theirs", 3)]
  await postCells(relay.url, [...ours.cells, ...theirs.cells])
  const all = [...ours.cells, ...theirs.cells].map(hashOf).sort()
  const desk = await admit(relay.store, { deskKey: someDeskKey("theirs") })
  const former = await admit(relay.store, { deskKey: someDeskKey("former"), days: 1 })
  const removed = await admit(relay.store, { deskKey: someDeskKey("removed") })
  await forgetAdmission(relay.store, someDeskKey("removed"))
  now = new Date("2021-02-25T12:00:00Z")
  const [victim] = ours.cells as [Uint8Array]
  for (const capability of [desk, former, removed]) {
    const Authorization = `Bearer ${capability}`
    // All that somebody knows who has pulled the cell: its id, its commitment, its bytes; and the own tokens' ids.
    const id = Buffer.from(hashOf(victim), "hex")
    const known = Buffer.concat([
      id,
      victim.subarray(-32),
      victim.subarray(0, 32),
      Buffer.from(capability.slice(0, 32)),
    ])
    expect((await forget(relay, known, { Authorization })).status).toBe(204)
    for (const [method, path] of [
      ["DELETE", "/cells"],
      ["DELETE", `/cells/${hashOf(victim)}`],
      ["PUT", `/cells/${hashOf(victim)}`],
    ] as const) {
      const answer = await fetch(`${relay.url}${path}`, { method, headers: { Authorization } })
      expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
    }
  }
  expect(await idsAt(relay)).toEqual(all)
  // The same request does forget with the token: the attack above failed for want of it, and of nothing else.
  expect((await forget(relay, ours.tokens[0] as Uint8Array)).status).toBe(204)
  expect(await idsAt(relay)).toEqual(all.filter((id) => id !== hashOf(victim)))
})

test("What is not whole tokens is refused, and forgets nothing", async () => {
  const relay = await startRelay()
  const { cells, tokens } = ownCells("refused", 1)
  await postCells(relay.url, cells)
  const token = tokens[0] as Uint8Array
  const refusals: [Promise<Response>, number, string][] = [
    [forget(relay, new Uint8Array(0)), 400, "malformed"],
    [forget(relay, Buffer.concat([token, token.subarray(1)])), 400, "malformed"],
    [forget(relay, Buffer.concat(Array.from({ length: 65 }, () => token))), 413, "too-long"],
    [forget(relay, token, { "Content-Type": "text/plain" }), 415, "unsupported-type"],
    [fetch(`${relay.url}/forget`), 405, "method-not-allowed"],
  ]
  for (const [answer, status, code] of refusals) {
    expect([(await answer).status, await (await answer).text()]).toEqual([
      status,
      JSON.stringify({ error: code }),
    ])
  }
  expect(await idsAt(relay)).toEqual(cells.map(hashOf))
})

test("What was forgotten is not on the disk any more, once the log is empty", async () => {
  const { readFileSync } = await import("node:fs")
  const relay = await startRelay()
  const { cells, tokens } = ownCells("disk", 4)
  await postCells(relay.url, cells)
  const onDisk = (cell: Uint8Array): boolean =>
    ["", "-wal", "-cells"].some((end) =>
      readFileSync(`${relay.file}${end}`).includes(cell.subarray(5_000, 5_032)),
    )
  expect(cells.map(onDisk)).toEqual([true, true, true, true])
  await forget(relay, tokens[2] as Uint8Array)
  await relay.store.tidy()
  expect(cells.map(onDisk)).toEqual([true, true, false, true])
})
