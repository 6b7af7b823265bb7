import { fromBase64, type Json, toBase64 } from "@govah/core/bytes"
import type { Checkpoint } from "@govah/core/log"
import {
  type Asset,
  checkAsset,
  checkGrowth,
  isFile,
  leafTiles,
  MAX_RELEASE_FILE_BYTES,
  openRelease,
  type Release,
} from "@govah/core/release"
import type { GuardPorts } from "./ports.ts"
import { RELEASE_FILE } from "./shelved.ts"

/** What an origin offers: signed and logged, and the bytes that show it. */
export interface Offer {
  readonly release: Release
  readonly file: Uint8Array
}

/** @returns null where nothing is offered. @throws ReleaseError where what is offered must not be believed. */
export async function offered({ origin, keys, primitives }: GuardPorts): Promise<Offer | null> {
  const file = await origin.get(RELEASE_FILE, MAX_RELEASE_FILE_BYTES)
  if (file === null) return null
  return { file, release: await openRelease(file, keys, primitives.verify) }
}

/**
 * Checks that the log grew out of the one seen before, and notes its head.
 *
 * @returns false where its tiles cannot be had now. @throws ReleaseError `split-log`, `too-long`.
 */
export async function followLog(
  now: Checkpoint,
  before: Release | null,
  ports: GuardPorts,
): Promise<boolean> {
  const tiles: Uint8Array[] = []
  for (const { path, width } of leafTiles(now.size)) {
    const tile = await ports.origin.get(`release/log/${path}`, width * 32)
    if (tile === null) return false
    tiles.push(tile)
  }
  checkGrowth(parseSeen(await ports.shelf.note("seen"), now.origin) ?? before?.checkpoint ?? null, now, tiles)
  await ports.shelf.setNote("seen", { root: toBase64(now.root), size: now.size })
  return true
}

/**
 * Brings every file of a release onto the shelf: from a release that is here, where it is the same, else from its origin.
 * What is there from an earlier try is looked at again and not fetched again.
 *
 * @returns false where the origin stopped answering: what came is kept for the next try.
 * @throws ReleaseError `changed`; whatever the device throws where there is no room.
 */
export async function fillShelf(
  { release, file }: Offer,
  installed: Release | null,
  ports: GuardPorts,
): Promise<boolean> {
  const { shelf, origin, primitives } = ports
  for (const asset of release.assets) {
    const here = await shelf.get(release.version, asset.path)
    if (here !== null && (await isFile(asset, here, primitives))) continue
    const bytes =
      (await sameIn(installed, asset, ports)) ?? (await origin.get(asset.path, mostOf(installed, asset)))
    if (bytes === null) return false
    // The server has not been given this one yet.
    if (await isOld(installed, asset, bytes, ports)) return false
    await checkAsset(asset, bytes, primitives)
    await shelf.put(release.version, asset.path, bytes)
  }
  await shelf.put(release.version, RELEASE_FILE, file)
  return true
}

/** Enough to tell the old file of this path from the new one. */
function mostOf(installed: Release | null, asset: Asset): number {
  return Math.max(asset.bytes, installed?.assets.find(({ path }) => path === asset.path)?.bytes ?? 0)
}

async function isOld(
  installed: Release | null,
  asset: Asset,
  bytes: Uint8Array,
  { primitives }: GuardPorts,
): Promise<boolean> {
  const old = installed?.assets.find(({ path }) => path === asset.path)
  return old !== undefined && old.sha256 !== asset.sha256 && (await isFile(old, bytes, primitives))
}

async function sameIn(
  installed: Release | null,
  asset: Asset,
  { shelf, primitives }: GuardPorts,
): Promise<Uint8Array | null> {
  const old = installed?.assets.find(({ path }) => path === asset.path)
  if (installed === null || old?.sha256 !== asset.sha256) return null
  const bytes = await shelf.get(installed.version, asset.path)
  return bytes !== null && (await isFile(asset, bytes, primitives)) ? bytes : null
}

// What is damaged is as if it had never been seen: the installed release has a head of its own.
function parseSeen(note: Json | null, origin: string): Checkpoint | null {
  const { root, size } = (note ?? {}) as { readonly root?: Json; readonly size?: Json }
  const bytes = typeof root === "string" ? fromBase64(root) : null
  if (typeof size !== "number" || size < 0 || bytes?.length !== 32) return null
  return { origin, size, root: bytes }
}
