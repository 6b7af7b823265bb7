import { type PackHead, signPackHead } from "@govah/core/pack"
import { withSeed } from "../identity/secrets.ts"
import { type Room, today } from "../room.ts"

/** What a pack's head says, but for who signs it and when. */
export type PackContents = Omit<PackHead, "desk" | "day">

/**
 * Signs the head of a pack with the desk's root key: one cell. What is in the pack is public: nothing of it is sealed by
 * this, and whoever records it can read it.
 *
 * @throws PackError `too-long`.
 */
export async function signPack(room: Room, contents: PackContents): Promise<Uint8Array> {
  return await withSeed(room.store, "root-seed", (seed) =>
    signPackHead({ ...contents, desk: room.key, day: today(room.deps) }, seed, room.deps.primitives),
  )
}
