import { concatBytes, uint32Bytes } from "@govah/core/bytes"
import { SEAL_BYTES } from "@govah/core/lock"
import { type LockedDrawer } from "./locked-drawer.ts"
import { withFile } from "./drawer.ts"

/** Smallest size of a small file. Others are twice, four times … as long: a length names no bulletin. */
const STEP_BYTES = 16_384
const LENGTH_BYTES = 4
const PART = "bytes"

/** All of a small file, or null where there is none, or it was torn or changed. */
export async function readBytes(drawer: LockedDrawer, name: string): Promise<Uint8Array | null> {
  return await withFile(drawer, name, false, async (file) => {
    const padded = await file.seals.open(PART, await file.read(0, await file.size()))
    if (padded === null) return null
    const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
    return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length)
  })
}

/** Writes a small file whole; a crash may leave it torn, and then it counts as missing. */
export async function writeBytes(drawer: LockedDrawer, name: string, bytes: Uint8Array): Promise<void> {
  let size = STEP_BYTES
  while (size < bytes.length + LENGTH_BYTES + SEAL_BYTES) size *= 2
  const padding = new Uint8Array(size - SEAL_BYTES - LENGTH_BYTES - bytes.length)
  await withFile(drawer, name, true, async (file) => {
    await file.write(0, await file.seals.seal(PART, concatBytes(uint32Bytes(bytes.length), bytes, padding)))
    await file.truncate(size)
    await file.flush()
  })
}
