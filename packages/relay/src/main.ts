import { nodePrimitives } from "@govah/node"
import { parseConfig } from "./config.ts"
import { createRelay } from "./relay.ts"
import { RelayError } from "./relay-error.ts"

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
  const reason =
    error instanceof RelayError ? error.message : ((error as NodeJS.ErrnoException).code ?? "unknown fault")
  console.error(`relay: did not start: ${reason}`)
  process.exitCode = 1
}
