import { join } from "node:path"
import { run } from "@govah/cli"
import { leaveCheapDesk } from "@govah/desk/testing"
import { nodePrimitives } from "@govah/node"
import { ENVIRONMENT, type Finished, PASSPHRASE } from "./govah-process.ts"

// The folder that a process works in is one for all that it does: commands take turns.
let turn: Promise<unknown> = Promise.resolve()

/**
 * Runs a command to its end in this process, where a test is about what commands leave in files and not about processes:
 * starting one costs more than most commands do. All between arguments and exit code is what a process would run.
 */
export async function govahHere(args: readonly string[], cwd: string): Promise<Finished> {
  const mine = turn.then(() => runIn(cwd, args))
  turn = mine.catch(() => undefined)
  return await mine
}

/** Runs a command here that must succeed. @returns what it printed. */
export async function mustHere(args: readonly string[], cwd: string): Promise<string> {
  const { code, out, err } = await govahHere(args, cwd)
  if (code !== 0) throw new Error(`govah ${args[0]} ${args[1]} ended with ${code}: ${err}`)
  return out
}

/** Leaves a desk where commands in `folder` look for it, as `govah desk init` does. @returns its verify key. */
export async function deskHere(folder: string): Promise<string> {
  return await leaveCheapDesk(join(folder, "govah-desk"), { name: "Desk", passphrase: PASSPHRASE })
}

async function runIn(cwd: string, args: readonly string[]): Promise<Finished> {
  const before = process.cwd()
  const out: (string | Uint8Array)[] = []
  let err = ""
  process.chdir(cwd)
  try {
    const context = {
      primitives: nodePrimitives,
      now: () => new Date(),
      env: ENVIRONMENT,
      print: (line: string) => void out.push(`${line}\n`),
      write: async (bytes: Uint8Array) => void out.push(bytes.slice()),
      askSecret: async () => null,
      signal: new AbortController().signal,
    }
    const code = await run(args, context, (line) => (err += `${line}\n`))
    return { code, out: Buffer.concat(out.map((part) => Buffer.from(part as string))).toString(), err }
  } finally {
    process.chdir(before)
  }
}
