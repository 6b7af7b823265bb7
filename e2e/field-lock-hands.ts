import type { Page } from "playwright-core"

/** Asks an engine of one's own, beside the page's: as another tab has it. */
export async function askBeside(page: Page, requests: readonly object[]): Promise<readonly unknown[]> {
  const url = page
    .workers()
    .find((worker) => worker.url().includes("engine"))
    ?.url()
  return await page.evaluate(
    async ([address, all]) => {
      const worker = new Worker(address as string, { type: "module" })
      const answers: unknown[] = []
      let last: unknown = null
      for (const [number, request] of (all as object[]).entries()) {
        const asked = JSON.parse(JSON.stringify(request).replace('"$last"', JSON.stringify(last))) as object
        const answer = new Promise<Record<string, unknown>>((resolve) => {
          worker.addEventListener("message", ({ data }: MessageEvent<Record<string, unknown>>) => {
            if (data["number"] === number) resolve(data)
          })
        })
        worker.postMessage({ number, request: asked })
        const said = await answer
        last = said["answer"]
        answers.push(said["answer"] ?? said["failure"])
      }
      worker.terminate()
      return answers
    },
    [url, requests] as const,
  )
}

/** Names of all files that the page keeps. */
export async function stored(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names.sort()
  })
}
