#!/usr/bin/env node
import { processContext } from "./process-context.ts"
import { explain } from "./explain.ts"
import { run } from "./run.ts"

// node:sqlite and type stripping announce themselves as experimental; a witness needs to read our words, not Node's.
process.removeAllListeners("warning")

// Nor do faults that nobody waited for: Node would print the whole error, with whatever it was given.
process.on("uncaughtException", (error) => {
  process.stderr.write(`govah: ${explain(error)}\n`)
  process.exit(1)
})

process.exitCode = await run(process.argv.slice(2), processContext(), (line) =>
  process.stderr.write(`${line}\n`),
)
