import { utf8Bytes, utf8Text } from "@govah/core/bytes"
import { type LockedDrawer, readBytes, shred, writeBytes } from "../store/index.ts"

/** Asks for a text that the page keeps sealed, or for another in its place. */
export interface KeptTextRequest {
  readonly kind: "kept-text"
  /** A pack of places; the language that was chosen. */
  readonly name: "places" | "language"
  /** Left out: it is read. Null: it is erased. */
  readonly put?: string | null
}

/** @returns the text that is kept now, or null. */
export async function keptText(drawer: LockedDrawer, { name, put }: KeptTextRequest): Promise<string | null> {
  if (put === null) await shred(drawer, name)
  else if (put !== undefined) await writeBytes(drawer, name, utf8Bytes(put))
  const bytes = await readBytes(drawer, name)
  return bytes === null ? null : utf8Text(bytes)
}
