import { createInterface } from "node:readline/promises"
import { Writable } from "node:stream"
import { nodePrimitives } from "@govah/node"
import type { Context } from "./command.ts"

/** The real world: this process's streams, clock, environment and signals. */
export function processContext(): Context {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
  // Whoever reads our output may go away (`govah desk list | head`): that is no fault, and there is nobody to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0)
    throw error
  })
  return {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    write: async (bytes) => {
      // Only then does nobody need `bytes` any more. What fails is an event of the stream, above.
      await new Promise<void>((resolve) => process.stdout.write(bytes, () => resolve()))
    },
    askSecret,
    signal: abort.signal,
  }
}

async function askSecret(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question("")
  } finally {
    lines.close()
    process.stderr.write("\n")
  }
}
