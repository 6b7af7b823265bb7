import { expect, test } from "vitest"
import { storeScript } from "../testing/store-script.ts"
import { cutOften, watchScript } from "./testing/cut-often.ts"

test("The power is cut at 24 instants, and nothing that was told is lost, and nothing half kept", async () => {
  const events = watchScript("careful")
  const told = events.flatMap((event) => (event.kind === "told" ? [event.text] : []))
  expect(told).toEqual(storeScript.map(({ name }) => `told ${name}`))
  expect(await cutOften(events, 24)).toEqual([])
})

test.for(["hasty", "hasty bodies"] as const)(
  "The same cuts catch a store that does not wait for the disk: %s",
  async (mode) => {
    const faults = await cutOften(watchScript(mode), 12)
    expect(faults.filter((fault) => fault.includes("told")).length).toBeGreaterThan(0)
  },
)
