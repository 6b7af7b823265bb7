import { toHex } from "@govah/core/bytes"
import { cellId } from "@govah/core/cell"
import type { Store } from "./store.ts"

/** What a check of the whole store found. */
export interface FsckReport {
  readonly checked: number
  /** Ids of cells whose bytes are not those that the id names, hex. A resend from the field or another relay heals. */
  readonly damaged: readonly string[]
  /** What SQLite says about the file's own structure; empty where it is whole. */
  readonly structure: readonly string[]
}

/**
 * Hashes every cell again. Reads everything, changes nothing; the relay may run meanwhile. A file so broken that SQLite
 * cannot walk it passes through as SQLite's error.
 */
export async function fsck(store: Store): Promise<FsckReport> {
  const lines = store.db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[]
  const structure = lines.map((line) => line.integrity_check).filter((line) => line !== "ok")
  const damaged: string[] = []
  let checked = 0
  let after: Uint8Array = new Uint8Array(0)
  for (;;) {
    // In short reads: one long one would keep the write-ahead log from being emptied.
    const rows = store.prepare("SELECT id, body FROM cell WHERE id > ? ORDER BY id LIMIT 64").all(after)
    for (const { id, body } of rows as unknown as { id: Uint8Array; body: Uint8Array }[]) {
      if ((await cellId(body, store.deps.primitives)) !== toHex(id)) damaged.push(toHex(id))
      checked++
      after = id
    }
    if (rows.length === 0) return { checked, damaged, structure }
  }
}
