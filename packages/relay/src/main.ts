import { nodePrimitives } from "@govah/node"
import { parseConfig } from "./config.ts"
import { createRelay } from "./relay.ts"
import { RelayError } from "./relay-error.ts"

// Node would print the whole error, and an error of the network names an address. What was acknowledged is on disk.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  console.error(`relay: stopped by a fault: ${plainCode(error)}`)
  process.exit(1)
})

try {
  const relay = await createRelay(parseConfig(process.env), {
    now: () => new Date(),
    primitives: nodePrimitives,
  })
  const stop = async (): Promise<void> => {
    await relay.close()
    console.log("relay: stopped")
  }
  process.once("SIGINT", () => void stop())
  process.once("SIGTERM", () => void stop())
  // These two lines are all that a relay ever prints. No address: it may be the one thing that names its operator.
  console.log(relay.port === 0 ? "relay: ready on its socket" : `relay: ready on port ${relay.port}`)
} catch (error) {
  const reason = error instanceof RelayError ? error.message : plainCode(error as NodeJS.ErrnoException)
  console.error(`relay: did not start: ${reason}`)
  process.exitCode = 1
}

function plainCode({ code }: NodeJS.ErrnoException): string {
  return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : "unknown"
}
