import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { toHex } from "@govah/core/bytes"
import type { SaidToAll } from "@govah/field"
import type { Context } from "./command.ts"

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt" } as const

/**
 * Writes what comes with calls into a folder, each under the first twelve digits of its hash: doing it again changes
 * nothing, and the names say nothing to whoever looks through the disk.
 */
export async function saveMaterials(
  { calls }: Pick<SaidToAll, "calls">,
  folder: string,
  { primitives, print }: Pick<Context, "primitives" | "print">,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { call, material } of calls) {
    if (call.material === null) continue
    const name = toHex(await primitives.sha256(material)).slice(0, 12)
    const path = join(folder, `${name}.${ENDINGS[call.material.type]}`)
    await writeFile(path, material, { mode: 0o600 })
    print(`${path}: comes with the call “${call.title}”`)
  }
}
