import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parseTokenFile } from "@govah/core/token"
import { nodePrimitives as p } from "@govah/node"
import { createFieldHome, enrol, sendAll, tell } from "@govah/field/node"
import { admit, createRelay, type Relay } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { freshDesk, post } from "./desk-support.ts"
import { freshFolder } from "./field-support.ts"

const DAY = { now: () => new Date(), primitives: p }

/** A small relay that others have filled as far as work carries them. */
async function filledRelay(): Promise<Relay> {
  const relay = await createRelay(
    { file: join(await freshFolder(), "relay.db"), port: 0, maxBytes: 6_000_000, workBits: 2 },
    DAY,
  )
  onTestFinished(() => relay.close())
  const junk = Array.from({ length: 16 }, () => p.random(16_384))
  for (;;) {
    const posted = await post(
      relay,
      junk.map(() => p.random(16_384)),
    ).catch((error: Error) => error.message)
    if (typeof posted !== "string") continue
    expect(posted).toContain("507")
    return relay
  }
}

test("where the open share is full a unit with its desk's tokens comes through, and one without does not", async () => {
  const relay = await filledRelay()
  const desk = await freshDesk(await freshFolder())
  const capability = await admit(relay.store, { deskKey: desk.key })
  await desk.addRelay({ url: relay.url, road: "https", capability })
  const [with_, without] = [await freshFolder(), await freshFolder()]
  for (const folder of [with_, without]) {
    const home = await createFieldHome(folder)
    await enrol(home, (await desk.invite("unit")).text)
    await tell(home, { text: folder === with_ ? "with a token" : "without" }, [])
  }
  const file = join(with_, "tokens.txt")
  await writeFile(file, await desk.tokens(relay.url, 3))
  const tokens = parseTokenFile(await readFile(file)) ?? []
  expect(tokens.length).toBe(3)
  const home = await createFieldHome(with_)
  expect(await home.takeTokens(tokens)).toBe(3)

  expect((await sendAll(await createFieldHome(without)))[0]?.error?.code).toBe("full")
  expect(await sendAll(home)).toMatchObject([{ error: null, left: 0 }])
  await desk.pull()
  expect(await desk.list()).toHaveLength(1)
  // What was spent is gone from the purse; the rest is there.
  expect(await home.takeTokens(tokens)).toBeGreaterThan(0)
})
