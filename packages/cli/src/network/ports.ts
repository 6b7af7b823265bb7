import { createServer } from "node:net"
import { UsageError } from "../command.ts"

/** Ports of a network on loopback. 0 takes a free one. */
export interface Ports {
  readonly relay: number
  readonly desk: number
  readonly field: number
  readonly archive: number
}

export const USUAL_PORTS: Ports = { relay: 4710, desk: 4711, field: 4712, archive: 4713 }

/**
 * Makes sure that all four can be had before anything is started.
 *
 * @throws UsageError naming the taken port, what wanted it, and the option that moves it.
 */
export async function requireFree(ports: Ports): Promise<void> {
  for (const [part, port] of Object.entries(ports) as [keyof Ports, number][]) {
    if (port !== 0 && !(await isFree(port))) {
      throw new UsageError(
        `port ${port}, meant for the ${part}, is taken by another program. Nothing was started. ` +
          `Stop that program, or choose another port: npm start -- --${part}-port N`,
      )
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false)
      else reject(error)
    })
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)))
  })
}
