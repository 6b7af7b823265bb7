import { type ChildProcess, spawn } from "node:child_process"
import { resolve } from "node:path"

/** The program of the command line. */
export const main: string = resolve(import.meta.dirname, "../packages/cli/src/main.ts")

/** What a finished command said. `code` is null where it was killed. */
export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A running `govah` process. */
export interface GovahProcess {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves with the match when standard output holds one; rejects where the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

export const PASSPHRASE = "a passphrase for this test alone"

/** What `govah` is told by its environment. */
export const ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, GOVAH_PASSPHRASE: PASSPHRASE }

/** Starts the command line as a process of its own, as a person would. */
export function startGovah(args: readonly string[], cwd: string): GovahProcess {
  const env = { ...process.env, GOVAH_PASSPHRASE: PASSPHRASE }
  return watchProcess(
    spawn(process.execPath, [main, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] }),
  )
}

/** Reads what a process says on its two outputs, which must be pipes. */
export function watchProcess(child: ChildProcess): GovahProcess {
  let out = ""
  let err = ""
  const listeners = new Set<() => void>()
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk
    for (const listener of listeners) listener()
  })
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk))
  const finished = new Promise<Finished>((done, fail) => {
    child.on("error", fail)
    child.on("close", (code) => done({ code, out, err }))
  })
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const match = pattern.exec(out)
        if (match === null) return
        listeners.delete(look)
        done(match)
      }
      listeners.add(look)
      look()
      void finished.then(({ code }) =>
        fail(new Error(`ended with ${code} before it said ${pattern}: ${err}`)),
      )
    })
  return { child, finished, says }
}

/** Runs a command to its end. */
export async function govah(args: readonly string[], cwd: string): Promise<Finished> {
  return await startGovah(args, cwd).finished
}

/** Runs a command that must succeed. @returns its standard output. */
export async function must(args: readonly string[], cwd: string): Promise<string> {
  const { code, out, err } = await govah(args, cwd)
  if (code !== 0) throw new Error(`govah ${args[0]} ${args[1]} ended with ${code}: ${err}`)
  return out
}
