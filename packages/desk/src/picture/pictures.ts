import type { Store } from "../store/store.ts"

/** The bytes of a public copy; null where there is none of that hash. */
export function readPicture(store: Store, sha256: string): Uint8Array | null {
  const row = store.get<{ jpeg: Buffer }>("SELECT jpeg FROM picture WHERE sha256 = ?", sha256)
  return row === undefined ? null : new Uint8Array(row.jpeg)
}

/** Keeps a public copy. Keeping it again changes nothing. */
export function keepPicture(store: Store, sha256: string, jpeg: Uint8Array): void {
  store.run("INSERT OR IGNORE INTO picture (sha256, jpeg) VALUES (?, ?)", sha256, jpeg)
}
