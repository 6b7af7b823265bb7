import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { LoadFigures, LoadJob } from "./load.ts"

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number
  /** Resident memory, MB. */
  memory(): number
  /** As an operator stops it; when this resolves it is gone. */
  stop(): Promise<void>
}

/** Starts a program that prints `ready on port N`. */
export async function startServer(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [pathOf(program), ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  })
  // Whatever fails here, no server outlives its bench.
  const end = (): void => void child.kill("SIGKILL")
  process.on("exit", end)
  const gone = new Promise<void>((resolve) =>
    child.once("exit", () => {
      process.off("exit", end)
      resolve()
    }),
  )
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => {
      const said = /ready on port (\d+)/.exec(text.toString())
      if (said !== null) resolve(Number(said[1]))
    })
    void gone.then(() => reject(new Error(`${program} ended before it was ready`)))
  })
  return {
    port,
    memory: () => readMemory(child),
    async stop() {
      child.kill("SIGTERM")
      await gone
    },
  }
}

/** Runs a load in its own process: what it prepares is not timed. */
export async function runLoad(job: LoadJob): Promise<LoadFigures> {
  const child = spawn(process.execPath, [pathOf("load.ts"), JSON.stringify(job)], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  let printed = ""
  child.stdout.on("data", (text: Buffer) => {
    if (printed === "" && text.includes("ready")) child.stdin.write("go\n")
    printed += text.toString()
  })
  const code = await new Promise((resolve) => child.once("close", resolve))
  if (code !== 0) throw new Error(`the load ended with ${code}`)
  return JSON.parse(printed.trim().split("\n").at(-1) as string) as LoadFigures
}

/** The relay as it is run. */
export const RELAY_PROGRAM = "../../packages/relay/src/main.ts"

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function readMemory({ pid }: ChildProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
  return Number(kilobytes) / 1000
}
