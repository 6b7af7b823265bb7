import { toHex, utf8Bytes } from "@govah/core/bytes"
import type { LedgerState } from "@govah/core/ledger"
import { formatPublication, parsePublication, type Publication } from "@govah/core/publication"
import { DeskError } from "../desk-error.ts"
import type { PublicationSet } from "../desk.ts"
import { checkGate } from "../gate/gate.ts"
import { nextRevision } from "../gate/subject.ts"
import { readPicture } from "../picture/pictures.ts"
import { type Room, today } from "../room.ts"
import { draftPublication } from "./draft.ts"

/**
 * Publishes the next revision of an event, an action or a story: kept and signed into the ledger in one transaction.
 *
 * Where nothing changed since the newest revision, that one is returned. What is published is what the rules looked at:
 * where an entry was signed in the meantime, they are asked again.
 *
 * @throws DeskError `gate`, naming every rule that refuses; `unknown-id`.
 */
export async function publish(room: Room, id: string): Promise<{ readonly revision: number }> {
  for (;;) {
    const state = room.book.state()
    const refused = (await checkGate(room, id)).filter((check) => !check.ok)
    if (room.book.state() !== state) continue
    if (refused.length > 0) {
      const rules = refused.map((check) => `${check.rule} (${check.why})`).join("; ")
      throw new DeskError("gate", `${id} may not be published: ${rules}`)
    }
    const newest = state.publicationsById.get(id)?.revision
    if (newest !== undefined) {
      const same = formatPublication(draftPublication(state, id, newest))
      if (same === readJson(room, id, newest)) return { revision: newest }
    }
    const revision = nextRevision(state, id)
    if (await append(room, state, { id, revision })) return { revision }
  }
}

class ChangedSince extends Error {}

// False where the ledger has gone on since `state`: then nothing is written.
async function append(
  room: Room,
  state: LedgerState,
  { id, revision }: { readonly id: string; readonly revision: number },
): Promise<boolean> {
  const json = formatPublication(draftPublication(state, id, revision))
  const sha256 = toHex(await room.deps.primitives.sha256(utf8Bytes(json)))
  try {
    await room.book.append(
      () => {
        if (room.book.state() !== state) throw new ChangedSince()
        return [{ kind: "published", id, revision, sha256, day: today(room.deps) }]
      },
      () => {
        room.store.run("INSERT INTO publication (id, revision, json) VALUES (?, ?, ?)", id, revision, json)
      },
    )
    return true
  } catch (error) {
    if (error instanceof ChangedSince) return false
    throw error
  }
}

/** Newest revision of everything published, and the pictures that it shows. @throws DeskError `damaged`. */
export function publicationSet(room: Room): PublicationSet {
  const publications: Publication[] = []
  const pictures = new Map<string, Uint8Array>()
  for (const { id, revision } of room.book.state().publicationsById.values()) {
    const json = readJson(room, id, revision)
    if (json === null) throw new DeskError("damaged", `the store lacks revision ${revision} of ${id}`)
    const publication = parsePublication(json)
    publications.push(publication)
    if (publication.type === "story") continue
    for (const { sha256 } of publication.pictures) {
      const jpeg = readPicture(room.store, sha256)
      if (jpeg === null) throw new DeskError("damaged", `the store lacks picture ${sha256.slice(0, 12)}`)
      pictures.set(sha256, jpeg)
    }
  }
  return { publications, pictures }
}

function readJson(room: Room, id: string, revision: number): string | null {
  const sql = "SELECT json FROM publication WHERE id = ? AND revision = ?"
  return room.store.get<{ json: string }>(sql, id, revision)?.json ?? null
}
