import { toHex } from "@govah/core/bytes"
import { cellId } from "@govah/core/cell"
import type { FsckReport } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Hashes every cell again. A file so broken that SQLite cannot walk it passes through as SQLite's error. */
export async function fsck(file: SqliteFile): Promise<FsckReport> {
  const lines = file.db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[]
  const structure = lines.map((line) => line.integrity_check).filter((line) => line !== "ok")
  const damaged: string[] = []
  let checked = 0
  let after: Uint8Array = new Uint8Array(0)
  for (;;) {
    // In short reads: one long one would keep the write-ahead log from being emptied.
    const rows = file.prepare("SELECT id, body FROM cell WHERE id > ? ORDER BY id LIMIT 64").all(after)
    for (const { id, body } of rows as unknown as { id: Uint8Array; body: Uint8Array }[]) {
      if ((await cellId(body, file.deps.primitives)) !== toHex(id)) damaged.push(toHex(id))
      checked++
      after = id
    }
    if (rows.length === 0) return { checked, damaged, structure }
  }
}
