import type { ClearAsked, ClearSaid } from "./clear-asked.ts"

/** A file only grows by these, so that what stood in it is overwritten by whatever is written later. In bytes. */
const BLOCK_BYTES = 4_096
const SPACE = 0x20

addEventListener("message", ({ data }: MessageEvent<ClearAsked>) => {
  write(data).then(
    () => postMessage({ done: true } satisfies ClearSaid),
    () => postMessage({ done: false } satisfies ClearSaid),
  )
})

async function write({ name, text }: ClearAsked): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle("shown", { create: true })
  const file = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle()
  try {
    const bytes = new TextEncoder().encode(text ?? "")
    const blocks = Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES
    const whole = new Uint8Array(Math.max(file.getSize(), blocks)).fill(SPACE)
    whole.set(bytes)
    if (file.write(whole, { at: 0 }) !== whole.length) throw new Error("the browser's storage is full")
    file.flush()
  } finally {
    file.close()
  }
  if (text === null) await folder.removeEntry(name)
}
