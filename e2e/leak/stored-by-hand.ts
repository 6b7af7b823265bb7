import type { StoredFile } from "./engine-asked.ts"
import type { Driver } from "./hands.ts"

/** Everything that the page keeps, in any browser, by name. */
export async function storedByHand(driver: Driver): Promise<readonly StoredFile[]> {
  const found = (await driver.evaluate(STORED)) as readonly { name: string; base64: string }[]
  return found
    .map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, "base64") }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const STORED = `(async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
  const found = []
  for await (const [name, handle] of folder.entries()) {
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
    found.push({ name, base64: bytes.toBase64() })
  }
  return found
})()`
