import { spawn } from "node:child_process"
import { once } from "node:events"
import { ARGS, CHROMIUM, SCREEN, SLOWER } from "./phone.ts"

/** From the beginning of the visit. */
export interface Start {
  readonly firstPaintMs: number
  /** When the first button has been drawn. */
  readonly usableMs: number
}

/**
 * Starts a browser that was not running, opens an address on a slowed processor, and ends the browser. No driver is in the page,
 * which says itself how soon: what a driver asks with is a program larger than the page's own, and would be compiled on the same
 * slowed processor before the page stands.
 *
 * @param profile - a folder; what was there is there again.
 */
export async function timedVisit(profile: string, url: string): Promise<Start> {
  const args = [...ARGS, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"]
  const child = spawn(CHROMIUM, args, { stdio: ["ignore", "ignore", "pipe"], detached: true })
  const ended = once(child, "exit")
  try {
    const host = await new Promise<string>((resolve, reject) => {
      let said = ""
      child.stderr.setEncoding("utf8").on("data", (piece: string) => {
        said += piece
        const found = /DevTools listening on ws:\/\/([^/]+)/.exec(said)?.[1]
        if (found !== undefined) resolve(found)
      })
      void ended.then(() => reject(new Error(`the browser ended: ${said}`)))
    })
    const line = await openLine(host)
    await line.ask("Emulation.setDeviceMetricsOverride", { ...SCREEN, deviceScaleFactor: 1, mobile: true })
    await line.ask("Emulation.setCPUThrottlingRate", { rate: SLOWER })
    await line.ask("Runtime.enable", {})
    await line.ask("Runtime.addBinding", { name: "sayStart" })
    await line.ask("Page.enable", {})
    await line.ask("Page.addScriptToEvaluateOnNewDocument", { source: `(${watchStart.toString()})()` })
    await line.ask("Page.navigate", { url })
    const start = JSON.parse(await line.said) as Start
    await line.ask("Browser.close", {})
    return start
  } finally {
    if (child.exitCode === null) process.kill(-(child.pid as number), "SIGKILL")
    await ended
  }
}

interface Line {
  ask(method: string, params: object): Promise<void>
  /** What the page said. */
  readonly said: Promise<string>
}

/** A new tab's. @param host - where the browser can be driven. */
async function openLine(host: string): Promise<Line> {
  const opened = await fetch(`http://${host}/json/new?about:blank`, { method: "PUT" })
  const { webSocketDebuggerUrl } = (await opened.json()) as { readonly webSocketDebuggerUrl: string }
  const socket = new WebSocket(webSocketDebuggerUrl)
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }))
  const waiting = new Map<number, () => void>()
  const { promise: said, resolve: say } = Promise.withResolvers<string>()
  socket.addEventListener("message", ({ data }) => {
    const heard = JSON.parse(String(data)) as {
      readonly id?: number
      readonly method?: string
      readonly params?: { readonly payload?: string }
    }
    if (heard.method === "Runtime.bindingCalled") say(heard.params?.payload ?? "")
    if (heard.id !== undefined) waiting.get(heard.id)?.()
  })
  let asked = 0
  return {
    said,
    ask: async (method, params) => {
      const id = ++asked
      await new Promise<void>((resolve) => {
        waiting.set(id, resolve)
        // The browser may be gone before it answers that it goes.
        socket.addEventListener("close", () => resolve(), { once: true })
        socket.send(JSON.stringify({ id, method, params }))
      })
    },
  }
}

/** In the page. */
function watchStart(): void {
  const watch = new MutationObserver(() => {
    if (document.querySelector("button") === null) return
    watch.disconnect()
    // When it has been drawn.
    requestAnimationFrame(() => setTimeout(() => tell(performance.now())))
  })
  function tell(usableMs: number): void {
    const paint = performance.getEntriesByName("first-contentful-paint")[0]
    if (paint === undefined) return void setTimeout(tell, 10, usableMs)
    const { sayStart } = globalThis as unknown as { sayStart: (said: string) => void }
    sayStart(JSON.stringify({ firstPaintMs: paint.startTime, usableMs }))
  }
  watch.observe(document, { childList: true, subtree: true })
}
