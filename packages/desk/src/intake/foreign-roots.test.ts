import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { cellId, looksLikeRoot } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk } from "../testing/folder.ts"
import { openTestStore } from "../testing/open-store.ts"
import { inviteUnit } from "../testing/unit.ts"

test("of a root for others only its name is kept, once, whoever brings it; ours is kept whole", async () => {
  const [mine, theirs] = [await makeTestDesk(), await makeTestDesk()]
  onTestFinished(() => mine.dispose())
  onTestFinished(() => theirs.dispose())
  const foreign = (await (await inviteUnit(theirs.desk, theirs.today())).seal()).cells.filter(looksLikeRoot)
  const own = (await (await inviteUnit(mine.desk, mine.today())).seal()).cells.filter(looksLikeRoot)
  // Ours, and changed on the way: it fits, and is kept to be shown.
  const broken = (own[0] as Uint8Array).map((byte, at) => (at === 16_000 ? byte ^ 1 : byte))
  await mine.take([...foreign, ...own, broken])
  await mine.take(foreign)

  const store = await openTestStore(mine.folder)
  onTestFinished(() => store.close())
  const kept = store.all<{ id: string }>("SELECT id FROM cell").map(({ id }) => id)
  const ids = await Promise.all([...own, broken].map((cell) => cellId(cell, p)))
  expect(kept.toSorted()).toEqual(ids.toSorted())
  const names = await Promise.all(foreign.map((cell) => cellId(cell, p)))
  expect(store.all("SELECT root, settled FROM arrival WHERE root = ?", names[0] as string)).toEqual([
    { root: names[0], settled: 1 },
  ])
  expect(await mine.desk.list()).toHaveLength(2)
})

test("a relay that always says that it has more is stopped, and named", async () => {
  const t = await makeTestDesk()
  onTestFinished(() => t.dispose())
  let asked = 0
  const server = createServer((_, response) => {
    response.writeHead(200, { "Govah-Cursor": `epoch.${++asked}`, "Govah-More": "yes" }).end()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await t.desk.addRelay({ url, road: "https", capability: "A".repeat(43) })
  const summary = await t.desk.pull()
  expect(summary.sources).toMatchObject([{ from: url, cells: 0, more: true, failed: null }])
  expect(asked).toBe(1_024)
  // The next pull goes on from there.
  await t.desk.pull()
  expect(asked).toBe(2_048)
})
