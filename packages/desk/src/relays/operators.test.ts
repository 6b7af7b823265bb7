import { openCard } from "@govah/core/card"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk } from "../testing/folder.ts"

test("a card says which relays are one operator's, as the desk says, and takes it back", async () => {
  const { desk, dispose } = await makeTestDesk()
  onTestFinished(dispose)
  const relay = (host: string): { url: string; road: "https"; capability: string } => ({
    url: `https://${host}.example`,
    road: "https",
    capability: "A".repeat(43),
  })
  const onCard = async (): Promise<unknown> => (await openCard(await desk.card(), p)).relays
  await desk.addRelay({ ...relay("a"), operator: 8 })
  await desk.addRelay(relay("b"))
  const plain = (host: string): unknown => ({ url: `https://${host}.example`, road: "https" })
  expect(await onCard()).toEqual([{ url: "https://a.example", road: "https", operator: 8 }, plain("b")])
  await desk.addRelay(relay("a"))
  expect(await onCard()).toEqual([plain("a"), plain("b")])
  for (const operator of [0, 9, 1.5, Number.NaN]) {
    const adding = desk.addRelay({ ...relay("c"), operator })
    await expect(adding, `${operator}`).rejects.toMatchObject({ code: "bad-relay" })
  }
  expect(await onCard()).toEqual([plain("a"), plain("b")])
})
