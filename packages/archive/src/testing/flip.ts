import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openCheckpoint, parseVerifierKey } from "@govah/core/log"
import { buildArchive } from "../build.ts"
import { verifyEd25519 } from "../ed25519.ts"
import { openFolder } from "../verify/folder.ts"
import { verifyArchive } from "../verify/verify.ts"
import { action, event, sampleInput, story } from "./sample.ts"

/** An archive of two editions, and a copy of it to be spoiled. */
export interface Spoiled {
  readonly good: string
  readonly copy: string
  /** The verifier's key as it is printed. */
  readonly vkey: string
  /** Every file, relative to either folder. */
  readonly paths: readonly string[]
}

/** @param root - an empty folder, for both. */
export async function buildToSpoil(root: string): Promise<Spoiled> {
  const [good, copy] = [join(root, "good"), join(root, "copy")]
  await buildArchive(sampleInput(), good)
  const second = { ...event, revision: 2, note: null }
  const { vkey } = await buildArchive(sampleInput(good, [second, action, story]), good)
  cpSync(good, copy, { recursive: true })
  return { good, copy, vkey, paths: (await openFolder(good)).paths }
}

/** What came of flipping bytes. */
export interface Flips {
  readonly flipped: number
  /** Those that were not said to be in exactly the file where they are. */
  readonly misnamed: readonly string[]
  /** Those that a verifier as weak as a hurried reader lets pass: the head is signed, so all must be well. */
  readonly missedByWeak: number
}

/** Flips one byte at a time of every file. The copy is whole again afterwards. */
export async function flipEveryFile(
  { good, copy, vkey, paths }: Spoiled,
  places: (byteLength: number, file: number) => Iterable<number>,
): Promise<Flips> {
  const misnamed: string[] = []
  let [flipped, missedByWeak] = [0, 0]
  for (const [file, path] of paths.entries()) {
    const bytes = readFileSync(join(good, path))
    for (const at of places(bytes.length, file)) {
      const spoiled = Buffer.from(bytes)
      spoiled[at] = (spoiled[at] as number) ^ 1
      writeFileSync(join(copy, path), spoiled)
      const { ok, failed } = await verifyArchive(copy, { vkey })
      if (ok || failed.length !== 1 || failed[0] !== path) misnamed.push(`${path} byte ${at}`)
      if (await isHeadGood(copy, vkey)) missedByWeak++
      flipped++
    }
    writeFileSync(join(copy, path), bytes)
  }
  return { flipped, misnamed, missedByWeak }
}

async function isHeadGood(folder: string, vkey: string): Promise<boolean> {
  try {
    const checkpoint = new Uint8Array(readFileSync(join(folder, "log/checkpoint")))
    await openCheckpoint(checkpoint, parseVerifierKey(vkey), verifyEd25519)
    return true
  } catch {
    return false
  }
}
