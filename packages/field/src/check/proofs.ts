import { toHex } from "@govah/core/bytes"
import { MAX_PROOF_HEADS, writeFeedProof } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { type LockedDrawer, readBytes, readValue, writeBytes, writeValue } from "../store/index.ts"

const PROOF = "proof"
/** The hashes of the heads that are kept, the oldest first: their files have names that say nothing. */
const LIST = "proofs"

/** What is kept as proof. */
async function listed(drawer: LockedDrawer): Promise<readonly string[]> {
  const json = (await readValue(drawer, LIST)) as { readonly heads?: readonly unknown[] } | null
  return (json?.heads ?? []).flatMap((one) => (typeof one === "string" ? [one] : []))
}

/**
 * Keeps two heads that cannot both be true, as proof: the accepted one and the refused one. Of more than sixteen the first
 * stay: what is shown to fill a disk drives nothing out.
 *
 * @param accepted - the bytes of the head that was accepted, or null where they are gone.
 * @returns the names of the files in the drawer.
 */
export async function keepProof(
  drawer: LockedDrawer,
  accepted: Uint8Array | null,
  refused: Uint8Array,
  primitives: Primitives,
): Promise<readonly string[]> {
  const names: string[] = []
  const hashes = [...(await listed(drawer))]
  for (const bytes of accepted === null ? [refused] : [accepted, refused]) {
    const hash = toHex(await primitives.sha256(bytes))
    const name = drawer.hiddenName(PROOF, hash)
    if (!hashes.includes(hash)) {
      if (hashes.length >= MAX_PROOF_HEADS) continue
      await writeBytes(drawer, name, bytes)
      hashes.push(hash)
    }
    names.push(name)
  }
  await writeValue(drawer, LIST, { heads: hashes, v: 1 })
  return names
}

/** Makes the file, so that its being there says nothing. */
export async function prepareProofs(drawer: LockedDrawer): Promise<void> {
  await writeValue(drawer, LIST, { heads: [...(await listed(drawer))], v: 1 })
}

/** How many heads are kept as proof. */
export async function countProofs(drawer: LockedDrawer): Promise<number> {
  return (await listed(drawer)).length
}

/** All that is kept as proof, as one file for somebody who is trusted; null where there is none. */
export async function readProof(drawer: LockedDrawer): Promise<Uint8Array | null> {
  const heads: Uint8Array[] = []
  for (const hash of await listed(drawer)) {
    const bytes = await readBytes(drawer, drawer.hiddenName(PROOF, hash))
    if (bytes !== null) heads.push(bytes)
  }
  return heads.length === 0 ? null : writeFeedProof(heads)
}

/** Removes what was kept as proof: somebody has it. */
export async function dropProof(drawer: LockedDrawer): Promise<void> {
  for (const hash of await listed(drawer)) await drawer.remove(drawer.hiddenName(PROOF, hash))
  for (let both = 0; both < 2; both++) await writeValue(drawer, LIST, { heads: [], v: 1 })
}
