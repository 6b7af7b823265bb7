import { createReadStream } from "node:fs"
import { open, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { MAX_FEED_BYTES } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { CARRIED_BATCH_CELLS, holdsVeil, unveil, VEIL_BYTES, VEILED_CELL_BYTES } from "@govah/core/veil"

/** One file on a stick. What is in it is attacker-controlled. */
export type StickFile =
  /** Cells, veiled or plain. */
  | { readonly kind: "cells"; readonly name: string; readonly path: string }
  /** What may be a desk's feed file: nothing was verified. */
  | { readonly kind: "feed"; readonly name: string; readonly bytes: Uint8Array }
  /** Anything else: somebody's music. It is left alone. */
  | { readonly kind: "other"; readonly name: string }
  /** It could not be read: the stick is failing there. */
  | { readonly kind: "unreadable"; readonly name: string; readonly cause: unknown }

/** Most feed files that are taken from one folder: 2 GiB if each were as long as it may be. */
const MAX_FEEDS = 64

/** How the head of a feed begins. */
const PLAIN_START = '{"bulletins":"'

/**
 * Sorts the files of one folder, by what is in them and not by their names; folders within it are not entered. A plain
 * bundle is known by its name alone (`.govah`), for nothing else tells it from an encrypted archive.
 *
 * @throws where the folder itself cannot be read.
 */
export async function* readStick(
  folder: string,
  primitives: Pick<Primitives, "aeadOpen">,
): AsyncGenerator<StickFile, void, void> {
  let feeds = 0
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry
    try {
      const file = await sortFile(join(folder, name), name, primitives)
      // Without a bound, a stick full of them fills the memory of whoever looks.
      yield file.kind === "feed" && ++feeds > MAX_FEEDS ? { kind: "other", name } : file
    } catch (cause) {
      yield { kind: "unreadable", name, cause }
    }
  }
}

/** The bytes of a file in pieces, for `readCarriedFile`. */
export function fileStream(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1_048_576 })
}

async function sortFile(
  path: string,
  name: string,
  primitives: Pick<Primitives, "aeadOpen">,
): Promise<StickFile> {
  const { head, size } = await readHead(path)
  if (await holdsVeil(head, primitives)) return { kind: "cells", name, path }
  if (size <= MAX_FEED_BYTES + VEIL_BYTES) {
    const whole = size <= head.length ? head : new Uint8Array(await readFile(path))
    const under = await unveil(whole, primitives)
    if (under !== null) return { kind: "feed", name, bytes: under }
    // As it is served by a relay and saved from a browser: canonical JSON, with the bulletins first.
    if (Buffer.from(whole.subarray(0, PLAIN_START.length)).toString("latin1") === PLAIN_START) {
      return { kind: "feed", name, bytes: whole }
    }
  }
  return name.endsWith(".govah") && size >= CELL_BYTES
    ? { kind: "cells", name, path }
    : { kind: "other", name }
}

/** The first bytes of a file, as many as tell what it is, and its size. @param maxBytes - 64 veiled cells unless said. */
export async function readHead(
  path: string,
  maxBytes: number = CARRIED_BATCH_CELLS * VEILED_CELL_BYTES,
): Promise<{ head: Uint8Array; size: number }> {
  const file = await open(path, "r")
  try {
    const { size } = await file.stat()
    const head = new Uint8Array(Math.min(size, maxBytes))
    let filled = 0
    while (filled < head.length) {
      const { bytesRead } = await file.read(head, filled, head.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return { head: head.subarray(0, filled), size }
  } finally {
    await file.close()
  }
}
