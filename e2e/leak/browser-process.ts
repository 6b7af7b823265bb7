import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"

/** A browser and all that it started: one group of processes. */
export interface BrowserProcess {
  /** Ends all of it at once, as a battery that is taken out would. */
  kill(): Promise<void>
  /** When the browser has ended, by itself or not. */
  readonly ended: Promise<void>
}

/**
 * Starts a browser.
 *
 * @param listening - finds in what it says where it can be driven.
 * @throws Error where it ends before it said so.
 */
export async function startBrowserProcess(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  listening: RegExp,
): Promise<BrowserProcess & { readonly address: string }> {
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"], detached: true })
  const ended = once(child, "exit").then(() => undefined)
  const stop = (): void => killGroup(child)
  process.once("exit", stop)
  void ended.then(() => process.off("exit", stop))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ""
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      // What it says later is read too, so that it never waits for a reader.
      if (said.length < 100_000) said += piece
      const found = listening.exec(said)?.[1]
      if (found === undefined) return
      clearTimeout(late)
      resolve(found)
    })
    const fail = (how: string): void => reject(new Error(`${program} ${how}: ${said.slice(-500)}`))
    const late = setTimeout(() => {
      fail("did not say where it listens")
      stop()
    }, 120_000)
    child.once("error", reject)
    void ended.then(() => {
      clearTimeout(late)
      fail("ended")
    })
  })
  return {
    address,
    ended,
    kill: async () => {
      killGroup(child)
      await ended
    },
  }
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), "SIGKILL")
  } catch {
    // It has ended by itself.
  }
}
