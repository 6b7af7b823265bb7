import { createHash, randomBytes } from "node:crypto"
import { nodePrimitives } from "@govah/node"
import { admit, createRelay, openStore } from "@govah/relay"

// Arguments: `fill FILE COUNT` or `serve FILE`. A relay whose cells have 64 bytes: ids, rows, indexes and windows are
// real, and a million of them fit on any disk. `fill` prints a capability for the store.
const [verb, file, count] = process.argv.slice(2) as [string, string, string | undefined]
const SHORT = { cellBytes: 64 }
const AT_ONCE = 2_048

if (verb === "fill") await fill(Number(count))
else await serve()

async function fill(cells: number): Promise<void> {
  let hours = 0
  const deps = { now: () => new Date(), monotoneMs: () => hours * 3_600_001, primitives: nodePrimitives }
  const store = openStore(file, deps, SHORT)
  for (let i = 0; i < cells; i += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, cells - i) }, () => {
      const body = randomBytes(SHORT.cellBytes)
      return { id: createHash("sha256").update(body).digest(), body }
    })
    await store.put({ cells: some, lane: "reserved" })
    // An hour passes: windows close, and their cells move to where they stay.
    hours++
    await store.tidy()
  }
  if ((await store.count()) !== cells) throw new Error("the store lost cells")
  console.log(await admit(store, { deskKey: Buffer.alloc(32, 7).toString("base64url") }))
  await store.close()
}

async function serve(): Promise<void> {
  const config = { file, port: 0, ...SHORT }
  const relay = await createRelay(config, { now: () => new Date(), primitives: nodePrimitives })
  process.once("SIGTERM", () => void relay.close())
  console.log(`ready on port ${relay.port}`)
}
