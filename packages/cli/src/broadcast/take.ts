import { createHash } from "node:crypto"
import { mkdir, open, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { createPackListener, type KnownPack, rebuildPack, scanPackFrames } from "@govah/core/pack"
import type { Primitives } from "@govah/core/primitives"
import { openScratch, type Scratch } from "./scratch.ts"

/** What became of one pack. */
export interface TakenPack {
  readonly id: string
  readonly day: string
  /** Files written, and files that were there already with the same bytes. */
  readonly written: readonly string[]
  readonly known: readonly string[]
  /** Files of which cells are missing. */
  readonly incomplete: readonly string[]
  /** Files in whose place another file lies: not touched. */
  readonly taken: readonly string[]
  /** Data cells that could not be rebuilt; null where not even the list of the pack is whole. */
  readonly missing: number | null
}

/**
 * Takes what a desk broadcast from recordings, in any order and state, and writes every file of which all is there.
 *
 * A file appears whole, with the hash that the desk signed, or not at all; none is overwritten. Each recording is read
 * three times (heads, lists, cells), so that it may begin anywhere. Memory: a group and the lists.
 *
 * @param recordings - attacker-controlled.
 * @param desk - the verify key that is trusted.
 */
export async function takePacks(
  recordings: readonly string[],
  desk: string,
  out: string,
  primitives: Primitives,
): Promise<readonly TakenPack[]> {
  await mkdir(out, { recursive: true })
  const listener = createPackListener(desk, primitives)
  const scratches = new Map<string, Scratch>()
  try {
    for (const round of ["head", "table", "cell"]) {
      for (const recording of recordings) {
        for await (const frame of scanPackFrames(await chunksOf(recording))) {
          // Earlier rounds have found the heads and lists; what is known is not hashed again.
          const known = frame.kind === "cell" && scratches.get(frame.pack)?.has(frame.number) === true
          if (frame.kind !== round || known) continue
          const right = await listener.add(frame)
          if (right === null) continue
          const scratch = scratches.get(right.id) ?? (await openScratch(out))
          scratches.set(right.id, scratch)
          await scratch.write(right.number, frame.body)
        }
      }
    }
    const taken: TakenPack[] = []
    for (const pack of listener.packs())
      taken.push(await extract(pack, scratches.get(pack.id), out, primitives))
    return taken
  } finally {
    for (const scratch of scratches.values()) await scratch.close()
  }
}

async function chunksOf(recording: string): Promise<AsyncIterable<Uint8Array>> {
  return (await open(recording)).createReadStream({ highWaterMark: 1_048_576 })
}

async function extract(
  { id, head, table }: KnownPack,
  scratch: Scratch | undefined,
  out: string,
  primitives: Primitives,
): Promise<TakenPack> {
  const written: string[] = []
  const known: string[] = []
  const incomplete: string[] = []
  const taken: string[] = []
  const result = { id, day: head.day, written, known, incomplete, taken }
  if (table === null || scratch === undefined) return { ...result, missing: null }
  const missing = await rebuildPack({ head, table }, scratch, primitives)
  let at = 0
  for (const { name, bytes, sha256 } of table.files) {
    const [from, to] = [at, at + bytes]
    at = to
    const path = join(out, ...name.split("/"))
    const there = await stat(path).catch(() => null)
    if (there !== null) {
      const place = (await isFile(path, sha256)) ? known : taken
      place.push(name)
    } else if (hasAll(scratch, from, to)) {
      await writeFile(path, slices(scratch, from, to), sha256)
      written.push(name)
    } else incomplete.push(name)
  }
  return { ...result, missing }
}

function hasAll(scratch: Scratch, from: number, to: number): boolean {
  for (let n = Math.floor(from / CELL_BYTES); n * CELL_BYTES < to; n++)
    if (!scratch.has(n) && from < to) return false
  return true
}

async function* slices(scratch: Scratch, from: number, to: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = from; at < to; ) {
    const number = Math.floor(at / CELL_BYTES)
    const end = Math.min(to, (number + 1) * CELL_BYTES)
    yield (await scratch.read(number)).subarray(at - number * CELL_BYTES, end - number * CELL_BYTES)
    at = end
  }
}

async function writeFile(path: string, bytes: AsyncIterable<Uint8Array>, sha256: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  const handle = await open(part, "w")
  const hash = createHash("sha256")
  try {
    for await (const slice of bytes) {
      hash.update(slice)
      await handle.writeFile(slice)
    }
    // Every cell had the hash that the desk signed; this guards against our own disk.
    if (hash.digest("hex") !== sha256) throw new Error("the disk gave back other bytes than were written")
    await handle.sync()
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(part, path)
}

async function isFile(path: string, sha256: string): Promise<boolean> {
  const hash = createHash("sha256")
  try {
    for await (const chunk of await chunksOf(path)) hash.update(chunk)
  } catch {
    return false
  }
  return hash.digest("hex") === sha256
}
