import { openCard } from "@govah/core/card"
import { nodePrimitives } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk } from "../testing/folder.ts"

test("an unlisted relay is pulled from, and on no card until it is listed", async () => {
  const { desk, dispose } = await makeTestDesk()
  onTestFinished(dispose)
  const named = async (): Promise<string[]> =>
    (await openCard(await desk.card(), nodePrimitives)).relays.map(({ url }) => url)
  const own = { url: "http://127.0.0.1:9", road: "https", capability: "A".repeat(43) } as const
  await desk.addRelay({ url: "https://relay.example", road: "https", capability: "B".repeat(43) })
  await desk.addRelay({ ...own, unlisted: true })
  expect(await named()).toEqual(["https://relay.example"])
  expect(desk.relays().map(({ url }) => url)).toContain(own.url)
  await desk.addRelay(own)
  expect(await named()).toEqual([own.url, "https://relay.example"])
})
