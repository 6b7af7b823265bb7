import { type CDPSession, chromium, type Page } from "playwright-core"
import { ARGS, CAMERA, NO_GPU_PROCESS, WHOLE } from "../page-browser.ts"
import { type BrowserProcess, startBrowserProcess } from "./browser-process.ts"
import type { BrowserTree } from "./browser-tree.ts"
import { type Hands, makeHands } from "./hands.ts"

/** A Chromium that keeps to its tree. */
export interface TreeChromium extends BrowserProcess {
  open(): Promise<Hands & { readonly page: Page; readonly session: CDPSession }>
  /** Closes it as a person does. */
  close(): Promise<void>
}

/**
 * Starts it ourselves and not by a driver, whose own switches might hide what it would write.
 *
 * @param program - left out: the whole browser, with all that it may write.
 */
export async function startChromium(tree: BrowserTree, program: string = WHOLE): Promise<TreeChromium> {
  const started = await startBrowserProcess(
    program,
    [
      ...ARGS,
      // The key to what it seals is then one that everybody knows, so that we can look inside.
      "--password-store=basic",
      ...CAMERA,
      ...(program === WHOLE ? [] : NO_GPU_PROCESS),
      `--user-data-dir=${tree.profile}`,
      "--remote-debugging-port=0",
      "about:blank",
    ],
    tree.env,
    /DevTools listening on (ws:\S+)/,
  )
  const browser = await chromium.connectOverCDP(started.address)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error("the browser has no window")
  context.setDefaultTimeout(60_000)
  return {
    ended: started.ended,
    kill: started.kill,
    close: async () => {
      const session = await browser.newBrowserCDPSession()
      await Promise.all([session.send("Browser.close").catch(() => undefined), started.ended])
    },
    open: async () => {
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      const hands = makeHands({
        goto: async (url) => void (await page.goto(url)),
        evaluate: (expression) => evaluate(page, expression),
        keys: (text) => page.keyboard.type(text),
        // As a file on the disk, as a person's is: what connects from outside would hand over its bytes.
        setFiles: async (css, path) => {
          const expression = `document.querySelector(${JSON.stringify(css)})`
          const { result } = await session.send("Runtime.evaluate", { expression })
          await session.send("DOM.setFileInputFiles", { files: [path], objectId: result.objectId ?? "" })
        },
      })
      return { ...hands, page, session }
    },
  }
}

/** Where the page goes on to another while it is asked, the other is asked. */
async function evaluate(page: Page, expression: string): Promise<unknown> {
  for (;;) {
    try {
      return await page.evaluate(expression)
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("because of a navigation"))) throw error
      await page.waitForLoadState()
    }
  }
}
