import { toHex } from "@govah/core/bytes"
import { type ChainHead, followChain, headOf, LedgerError } from "@govah/core/ledger"
import type { Room } from "../room.ts"

/**
 * Verifies every member's chain as it stands in the store: numbers, hashes, signatures, clocks, and where it ends.
 *
 * @returns one line for each thing that is wrong, naming the entry.
 */
export async function verifyLedger(room: Room): Promise<string[]> {
  const { store, deps } = room
  const wrong: string[] = []
  const nowMs = deps.now().getTime()
  const members = store.all<{ member: string }>(
    "SELECT member FROM entry UNION SELECT member FROM head ORDER BY member",
  )
  for (const { member } of members) {
    let head: ChainHead | null = null
    const rows = store.all<{ n: number; hash: string; line: Uint8Array }>(
      "SELECT n, hash, line FROM entry WHERE member = ? ORDER BY n",
      member,
    )
    for (const row of rows) {
      try {
        const entry = await followChain(head, row.line, { desk: room.key, member, nowMs }, deps.primitives)
        if (entry.hash !== row.hash) wrong.push(`ledger entry ${row.n}: its hash in the index is another`)
        head = headOf(entry)
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error
        wrong.push(`ledger entry ${row.n}: ${error.code}`)
        // Go on from what stands here, so that one changed entry does not name all after it.
        head = {
          n: row.n,
          hash: toHex(await deps.primitives.sha256(row.line)),
          at: head?.at ?? { ms: 0, counter: 0 },
        }
      }
    }
    const end = store.get<{ n: number; hash: string }>("SELECT n, hash FROM head WHERE member = ?", member)
    if (end?.n !== head?.n || end?.hash !== head?.hash) {
      wrong.push(`ledger: ends at entry ${head?.n ?? 0}, and ${end?.n ?? 0} was the last one written`)
    }
  }
  return wrong
}
