import { toBase64Url, toHex } from "@govah/core/bytes"
import {
  type Act,
  type ChainHead,
  type Entry,
  foldLedger,
  type LedgerState,
  nextStamp,
  readEntryUnverified,
  signEntry,
} from "@govah/core/ledger"
import { DeskError } from "../desk-error.ts"
import type { DeskDeps } from "../desk.ts"
import type { Store } from "../store/store.ts"

/** The desk's ledger in its store: read as a state, written by signed entries. */
export interface Book {
  /** What all entries add up to, those of another process of the same desk included. */
  state(): LedgerState
  /** Invitations that were made, by the hash of their secret. */
  invitations(): ReadonlyMap<string, MadeInvitation>
  /**
   * Signs one entry an act and appends them in one transaction, durable when it returns.
   *
   * @param acts - asked for again where another process appended first, so that it can look at what changed.
   * @param also - what must happen in the same transaction.
   */
  append(acts: readonly Act[] | (() => readonly Act[]), also?: () => void): Promise<void>
}

/** An invitation, and who has shown it. */
export interface MadeInvitation {
  /** YYYY-MM-DD. */
  readonly lastDay: string
  /** Keys under whose good signature it came. */
  readonly keys: ReadonlySet<string>
}

interface EntryRow {
  readonly member: string
  readonly n: number
  readonly hash: string
  readonly line: Uint8Array
}

/** @param memberSeed - Ed25519, 32 B. @param desk - verify key, base64url. */
export async function openBook(
  store: Store,
  keys: { readonly desk: string; readonly memberSeed: Uint8Array },
  deps: DeskDeps,
): Promise<Book> {
  const { primitives } = deps
  const member = toBase64Url(await primitives.publicKey(keys.memberSeed))
  let entries: Entry[] = []
  let state: LedgerState = foldLedger([])
  let queue: Promise<unknown> = Promise.resolve()

  function refresh(): void {
    // `n` counts without gaps, so the number of entries tells whether another process appended any.
    const count = store.get<{ n: number }>("SELECT count(*) AS n FROM entry")?.n ?? 0
    if (count === entries.length) return
    entries = store.all<EntryRow>("SELECT member, n, hash, line FROM entry ORDER BY rowid").map(readRow)
    state = foldLedger(entries)
  }

  async function appendNow(
    acts: readonly Act[] | (() => readonly Act[]),
    also: (() => void) | undefined,
  ): Promise<void> {
    for (;;) {
      const before = readHead(store, member)
      let head = before
      const rows: EntryRow[] = []
      for (const act of typeof acts === "function" ? acts() : acts) {
        const at = nextStamp(head?.at ?? null, deps.now().getTime())
        const line = await signEntry({ desk: keys.desk, head, at, act }, keys.memberSeed, primitives)
        const hash = toHex(await primitives.sha256(line))
        head = { n: (head?.n ?? 0) + 1, hash, at }
        rows.push({ member, n: head.n, hash, line })
      }
      const done = store.transact(() => {
        // Another process of this desk may have appended while this one was signing.
        if (readHead(store, member)?.hash !== before?.hash) return false
        for (const { n, hash, line } of rows) {
          store.run("INSERT INTO entry (member, n, hash, line) VALUES (?, ?, ?, ?)", member, n, hash, line)
        }
        if (head !== null) {
          store.run(
            "INSERT OR REPLACE INTO head (member, n, hash) VALUES (?, ?, ?)",
            member,
            head.n,
            head.hash,
          )
        }
        also?.()
        return true
      })
      if (done) return
    }
  }

  return {
    state: () => {
      refresh()
      return state
    },
    invitations: () => {
      refresh()
      return invitationsIn(entries)
    },
    append: async (acts, also) => {
      const turn = queue.then(() => appendNow(acts, also))
      queue = turn.catch(() => undefined)
      await turn
    },
  }
}

function invitationsIn(entries: readonly Entry[]): ReadonlyMap<string, MadeInvitation> {
  const made = new Map<string, { lastDay: string; keys: Set<string> }>()
  for (const { act } of entries)
    if (act.kind === "invited") made.set(act.secret, { lastDay: act.lastDay, keys: new Set() })
  for (const { act } of entries) {
    if (act.kind !== "received" && act.kind !== "received-part") continue
    if (act.signature !== "good" || act.unit === null || act.invitation === null) continue
    made.get(act.invitation)?.keys.add(act.unit)
  }
  return made
}

function readHead(store: Store, member: string): ChainHead | null {
  const row = store.get<EntryRow>(
    "SELECT member, n, hash, line FROM entry WHERE member = ? ORDER BY n DESC LIMIT 1",
    member,
  )
  return row === undefined ? null : readRow(row)
}

function readRow(row: EntryRow): Entry {
  try {
    return { ...readEntryUnverified(row.line), hash: row.hash }
  } catch (cause) {
    throw new DeskError("damaged", `ledger entry ${row.n} cannot be read`, { cause })
  }
}
