import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, onTestFinished, test } from "vitest"
import { fetchPage, type ListingPage } from "./relay-client.ts"

const PAGE = { "Govah-Cursor": "0123456789abcdef.1", "Govah-More": "no" }

/** Asks a relay that answers as it is told. */
async function ask(answer: (response: ServerResponse) => void): Promise<ListingPage> {
  const server = createServer((_, response) => answer(response))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const relay = { url, road: "lan", capability: "A".repeat(43) } as const
  return await fetchPage(relay, null, { ways: undefined, signal: undefined })
}

test("a page of whole cells is taken", async () => {
  const page = await ask((response) => response.writeHead(200, PAGE).end(new Uint8Array(2 * CELL_BYTES)))
  expect(page).toMatchObject({ next: PAGE["Govah-Cursor"], more: false })
  expect(page.bundle.length).toBe(2 * CELL_BYTES)
})

test.each<readonly [string, (response: ServerResponse) => void, RegExp]>([
  [
    "ends in a cell",
    (response) => response.writeHead(200, PAGE).end(new Uint8Array(CELL_BYTES + 1)),
    /cut short/,
  ],
  [
    "never ends",
    (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(new Uint8Array(1_048_576)));
      }
      response.writeHead(200, PAGE).on("drain", more)
      more()
    },
    /longer than 4194304 bytes/,
  ],
  ["names no place to go on from", (response) => response.writeHead(200).end(), /no place to go on/],
  [
    "names a place that breaks lines of a log",
    (response) => response.writeHead(200, { ...PAGE, "Govah-Cursor": "a b" }).end(),
    /no place to go on/,
  ],
  [
    "sends elsewhere",
    (response) => response.writeHead(302, { ...PAGE, location: "/cells" }).end(),
    /reached/,
  ],
  ["admits nobody", (response) => response.writeHead(404).end(), /capability/],
])("an answer that %s moves nothing and is named", async (_, answer, said) => {
  await expect(ask(answer)).rejects.toMatchObject({
    code: "relay-failed",
    message: expect.stringMatching(said),
  })
})
