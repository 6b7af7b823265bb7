import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { onTestFinished } from "vitest"

/** A relay in a process of its own. */
export interface ChildRelay {
  readonly url: string
  readonly port: number
  readonly process: ChildProcess
  /** Everything that it has printed, on both outputs. */
  printed(): string
  /** Sends a signal and waits until the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>
}

/**
 * Starts `src/<program>` and waits until it is ready.
 *
 * @param program - `main.ts`, or a variant of it under `testing/`.
 * @param where - variables that say where it listens; any free port unless said.
 */
export async function spawnRelay(
  file: string,
  program = "main.ts",
  where: Readonly<Record<string, string>> = { GOVAH_RELAY_PORT: "0" },
): Promise<ChildRelay> {
  const path = new URL(`../${program}`, import.meta.url).pathname
  const environment = { ...process.env, GOVAH_RELAY_FILE: file, GOVAH_RELAY_UPLOADS: "on", ...where }
  const child = spawn(process.execPath, [path], { env: environment, stdio: ["ignore", "pipe", "pipe"] })
  onTestFinished(() => void child.kill("SIGKILL"))
  let text = ""
  // Not "exit": what it printed last may still be on its way then.
  const gone = once(child, "close")
  const ready = new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const ready = /ready on (?:its socket|port (\d+))/.exec(text)
      if (ready !== null) resolve(Number(ready[1] ?? 0))
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    child.on("exit", () => reject(new Error(`the relay ended before it was ready: ${text}`)))
  })
  const port = await ready
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    process: child,
    printed: () => text,
    async end(signal) {
      child.kill(signal)
      await gone
    },
  }
}
