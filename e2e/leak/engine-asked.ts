import type { Page, Worker } from "playwright-core"

/** A file of the page's own file system. */
export interface StoredFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Everything that the page keeps, as whoever holds the phone reads it off the disk. */
export async function storedFiles(page: Page): Promise<readonly StoredFile[]> {
  const files = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const read = async (): Promise<{ name: string; numbers: number[] }[]> => {
      const found: { name: string; numbers: number[] }[] = []
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind !== "file") continue
        const bytes = await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer()
        found.push({ name, numbers: [...new Uint8Array(bytes)] })
      }
      return found
    }
    for (let tries = 1; ; tries++) {
      try {
        return await read()
      } catch (error) {
        // A file that was removed or written meanwhile: the page is still at work, and all of it is read once more.
        if (!(error instanceof DOMException) || tries === 20) throw error
      }
    }
  })
  return files.map(({ name, numbers }) => ({ name, bytes: Buffer.from(numbers) }))
}

/** Asks the engine something past the page, in its own worker. @returns its answer; what it refuses is `{ failure }`. */
export async function askEngine(page: Page, request: object): Promise<unknown> {
  return await engineOf(page).evaluate(async (asked) => {
    const number = 1_000_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] as number) % 1_000_000)
    const world = globalThis as unknown as {
      postMessage: (said: { number?: number; answer?: unknown }) => void
    }
    const say = world.postMessage
    const said = await new Promise<{ answer?: unknown }>((resolve) => {
      world.postMessage = (message) => {
        if (message.number !== number) return say.call(world, message)
        world.postMessage = say
        resolve(message)
      }
      dispatchEvent(new MessageEvent("message", { data: { number, request: asked } }))
    })
    return "answer" in said ? said.answer : said
  }, request)
}

/** What a build that tells its secrets noted of everything that it unsealed. @see TELLING */
export async function unsealed(page: Page): Promise<readonly Buffer[]> {
  const notes = await engineOf(page).evaluate(() =>
    ((globalThis as { unsealed?: Uint8Array[] }).unsealed ?? []).map((bytes) => [...bytes]),
  )
  return notes.map((numbers) => Buffer.from(numbers))
}

/** A build in whose engine everything that is unsealed, and the key, can be read: what a seizer with the passphrase has. */
export const TELLING = {
  file: "field/src/store/locked-drawer.ts",
  line: "open: (part, sealed) => openPart(keyOf(part), sealed, primitives),",
  weak: `open: async (part, sealed) => {
      const opened = await openPart(keyOf(part), sealed, primitives);
      (globalThis.unsealed ??= []).push(vaultKey, keyOf(part), ...(opened === null ? [] : [opened]));
      return opened
    },`,
}

function engineOf(page: Page): Worker {
  const worker = page.workers().find((one) => one.url().includes("engine"))
  if (worker === undefined) throw new Error("the page has no engine")
  return worker
}
