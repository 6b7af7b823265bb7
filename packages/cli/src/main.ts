#!/usr/bin/env node
import { processContext } from "./process-context.ts"
import { run } from "./run.ts"

// node:sqlite and type stripping announce themselves as experimental; a witness needs to read our words, not Node's.
process.removeAllListeners("warning")

process.exitCode = await run(process.argv.slice(2), processContext(), (line) =>
  process.stderr.write(`${line}\n`),
)
