import { nodePrimitives } from "@govah/node"
import { parseConfig } from "../config.ts"
import { createRelay } from "../relay.ts"

// The real relay, in which an hour of the clock that windows are closed by lasts a twentieth of a second: whoever kills it
// often finds it closing windows, and moving their cells.
const relay = await createRelay(parseConfig(process.env), {
  now: () => new Date(),
  monotoneMs: () => performance.now() * 72_000,
  primitives: nodePrimitives,
})
process.once("SIGTERM", () => void relay.close())
console.log(`relay: ready on port ${relay.port}`)
