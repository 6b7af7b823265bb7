import type { ClearAsked, ClearSaid } from "../engine/clear-asked.ts"

/** A file that is longer was not written by this page. */
const MOST_BYTES = 131_072

/**
 * Reads one of a few small files that lie on the phone in the clear: what anybody sees who looks at it anyway (the name
 * and icon on the home screen, the language), and what is written into the cover's own tool. Nothing else may be there.
 *
 * @returns null where there is no such file, where it is damaged, and where the browser keeps nothing for the page.
 */
export async function readClear(name: string): Promise<unknown> {
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("shown")
    const file = await (await folder.getFileHandle(name)).getFile()
    return file.size > MOST_BYTES ? null : (JSON.parse(await file.text()) as unknown)
  } catch {
    return null
  }
}

/** @returns whether it is kept. */
export async function writeClear(name: string, value: unknown): Promise<boolean> {
  return await ask({ name, text: JSON.stringify(value) })
}

/** Overwrites it, then removes it. @returns whether it is gone. */
export async function removeClear(name: string): Promise<boolean> {
  return await ask({ name, text: null })
}

// One after another: a file is open in one place at a time, and the last word counts.
let last: Promise<boolean> = Promise.resolve(true)

async function ask(asked: ClearAsked): Promise<boolean> {
  last = last.then(() => askOnce(asked))
  return await last
}

async function askOnce(asked: ClearAsked): Promise<boolean> {
  const worker = new Worker(new URL("../engine/clear.worker.ts", import.meta.url), { type: "module" })
  try {
    return await new Promise<boolean>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<ClearSaid>) => resolve(data.done))
      worker.addEventListener("error", () => resolve(false))
      worker.postMessage(asked)
    })
  } finally {
    worker.terminate()
  }
}
