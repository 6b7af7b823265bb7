import { toHex, utf8Bytes } from "@govah/core/bytes"
import { verifyLedger } from "./ledger/verify.ts"
import type { Room } from "./room.ts"

/**
 * Verifies the whole store: the ledger's chains, every cell against its name, and everything else that the ledger
 * names by its hash.
 *
 * @returns one line for each thing that is wrong; empty where nothing is.
 */
export async function verifyDesk(room: Room): Promise<readonly string[]> {
  const wrong = await verifyLedger(room)
  wrong.push(...(await verifyCells(room)))
  // Without a ledger that can be read there is nothing to compare the rest with.
  if (wrong.length > 0) return wrong
  return [...verifyRoots(room), ...(await verifyMade(room))]
}

async function verifyCells({ store, deps }: Room): Promise<string[]> {
  const wrong: string[] = []
  for (const { id } of store.all<{ id: string }>("SELECT id FROM cell ORDER BY id")) {
    const row = store.get<{ body: Buffer }>("SELECT body FROM cell WHERE id = ?", id)
    if (row !== undefined && toHex(await deps.primitives.sha256(row.body)) !== id) {
      wrong.push(`cell ${id.slice(0, 12)}: its bytes are not those of its name`)
    }
  }
  return wrong
}

function verifyRoots({ store, book }: Room): string[] {
  const wrong: string[] = []
  const { reportsByRoot, reportRootByRoot } = book.state()
  const roots = new Set([...reportsByRoot.keys(), ...reportRootByRoot.keys()])
  for (const root of roots) {
    if (store.get("SELECT 1 FROM cell WHERE id = ?", root) === undefined) {
      wrong.push(`report ${root.slice(0, 12)}: its root cell is gone`)
    }
  }
  for (const { id } of store.all<{ id: string }>("SELECT id FROM root ORDER BY id")) {
    if (!roots.has(id as never)) wrong.push(`report ${id.slice(0, 12)}: the ledger does not know it`)
  }
  return wrong
}

async function verifyMade({ store, book, deps }: Room): Promise<string[]> {
  const wrong: string[] = []
  const state = book.state()
  const check = async (what: string, sha256: string, bytes: Uint8Array | undefined): Promise<void> => {
    if (bytes === undefined) wrong.push(`${what}: gone`)
    else if (toHex(await deps.primitives.sha256(bytes)) !== sha256) wrong.push(`${what}: changed`)
  }
  for (const { id, revision, sha256 } of state.publicationsById.values()) {
    const sql = "SELECT json FROM publication WHERE id = ? AND revision = ?"
    const json = store.get<{ json: string }>(sql, id, revision)?.json
    await check(
      `publication ${id} revision ${revision}`,
      sha256,
      json === undefined ? undefined : utf8Bytes(json),
    )
  }
  for (const { sha256 } of state.picturesBySha256.values()) {
    const jpeg = store.get<{ jpeg: Buffer }>("SELECT jpeg FROM picture WHERE sha256 = ?", sha256)?.jpeg
    await check(`picture ${sha256.slice(0, 12)}`, sha256, jpeg)
  }
  if (state.feed !== null) {
    const sql = "SELECT head FROM feed WHERE number = ?"
    const head = store.get<{ head: Buffer }>(sql, state.feed.number)?.head
    await check(`feed number ${state.feed.number}`, state.feed.sha256, head)
    for (const row of store.all<{ sha256: string; bytes: Buffer }>("SELECT sha256, bytes FROM feed_part")) {
      await check(`feed part ${row.sha256.slice(0, 12)}`, row.sha256, row.bytes)
    }
  }
  return wrong
}
