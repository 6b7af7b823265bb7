import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type BrowserProcess, startBrowserProcess } from "./browser-process.ts"
import type { BrowserTree } from "./browser-tree.ts"
import { type Hands, makeHands } from "./hands.ts"

/** Debian's Firefox, driven by WebDriver BiDi: Playwright drives only a build of its own. */
export interface TreeFirefox extends BrowserProcess {
  /** @param type - `window`: beside what is open already, where a tab would cover it. */
  open(type?: "tab" | "window"): Promise<FirefoxHands>
  /** Closes it as a person does. */
  close(): Promise<void>
}

export interface FirefoxHands extends Hands {
  /** Brings its window or tab before the eyes; what stood there is left. */
  front(): Promise<void>
}

// It asks nothing, calls nobody, and shows nothing of its own before a page that is being looked at, which would then be hidden and
// stand still; its session is written within a second, where a person's is within fifteen.
const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "browser.aboutwelcome.enabled": false,
  "startup.homepage_welcome_url": "about:blank",
  "termsofuse.bypassNotification": true,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.normandy.enabled": false,
  "network.proxy.type": 0,
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "browser.sessionstore.interval": 500,
  "browser.sessionstore.interval.idle": 500,
}

interface Answer {
  readonly result?: {
    readonly contexts?: readonly { readonly context: string }[]
    readonly context?: string
    readonly type?: string
    readonly result?: { readonly value?: unknown }
    readonly exceptionDetails?: { readonly text: string }
    readonly nodes?: readonly { readonly sharedId: string }[]
  }
  readonly error?: string
  readonly message?: string
}

/** @param more - further preferences. */
export async function startFirefox(tree: BrowserTree, more: typeof PREFERENCES = {}): Promise<TreeFirefox> {
  const lines = Object.entries({ ...PREFERENCES, ...more }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  await writeFile(join(tree.profile, "user.js"), lines.join(""))
  const started = await startBrowserProcess(
    process.env["GOVAH_FIREFOX"] ?? "/usr/bin/firefox-esr",
    ["--headless", "--no-remote", "--profile", tree.profile, "--remote-debugging-port", "0"],
    tree.env,
    /WebDriver BiDi listening on (ws:\S+)/,
  )
  const send = await connect(`${started.address}/session`)
  await send("session.new", { capabilities: {} })
  return {
    ended: started.ended,
    kill: started.kill,
    close: async () => {
      await Promise.all([send("browser.close", {}).catch(() => undefined), started.ended])
    },
    open: async (type = "tab") => {
      const { context } = await send("browsingContext.create", { type })
      const evaluate = async (expression: string): Promise<unknown> => {
        // What comes out travels as JSON text: the protocol's own values have shapes of their own.
        const wrapped = `(async () => JSON.stringify((await (${expression})) ?? null))()`
        const said = await send("script.evaluate", {
          expression: wrapped,
          target: { context },
          awaitPromise: true,
          userActivation: true,
        })
        if (said.type === "exception") throw new Error(said.exceptionDetails?.text)
        return JSON.parse(String(said.result?.value)) as unknown
      }
      const hands = makeHands({
        evaluate,
        goto: async (url) =>
          void (await send("browsingContext.navigate", { context, url, wait: "complete" })),
        keys: async (text) => {
          const actions = Array.from(text, (value) => [
            { type: "keyDown", value },
            { type: "keyUp", value },
          ]).flat()
          await send("input.performActions", { context, actions: [{ type: "key", id: "keys", actions }] })
        },
        setFiles: async (css, path) => {
          const { nodes } = await send("browsingContext.locateNodes", {
            context,
            locator: { type: "css", value: css },
          })
          await send("input.setFiles", {
            context,
            element: { sharedId: nodes?.[0]?.sharedId },
            files: [path],
          })
        },
      })
      return { ...hands, front: async () => void (await send("browsingContext.activate", { context })) }
    },
  }
}

/** @throws Error with what the browser says, where a command fails. */
async function connect(
  address: string,
): Promise<(method: string, params: object) => Promise<NonNullable<Answer["result"]>>> {
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true })
    socket.addEventListener("error", () => reject(new Error("no WebDriver BiDi")), { once: true })
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener("message", ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer & { readonly id?: number }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  socket.addEventListener("close", () => {
    for (const answer of waiting.values()) answer({ error: "the browser has ended" })
  })
  let asked = 0
  return async (method, params) => {
    const id = ++asked
    const answer = await new Promise<Answer>((resolve) => {
      // Longer than the hands wait for anything in a page: this one says which command was never answered.
      const late = setTimeout(() => resolve({ error: "not answered in two minutes" }), 120_000)
      waiting.set(id, (said) => {
        clearTimeout(late)
        resolve(said)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
    waiting.delete(id)
    if (answer.result === undefined) throw new Error(`${method}: ${answer.error} ${answer.message ?? ""}`)
    return answer.result
  }
}
