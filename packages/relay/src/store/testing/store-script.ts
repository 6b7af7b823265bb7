import { toHex } from "@govah/core/bytes"
import { WINDOW_MS } from "../../limits.ts"
import { putAll, seededBytes, shortRows, shortToken } from "../../testing/test-relay.ts"
import type { NamedCell, RelayStore } from "../port.ts"
import { DESK, numberAfter, type StoredNumber } from "./feed-contract.ts"
import type { TestWorld } from "./store-bed.ts"

/** One thing that is done to a store, and what must be true of the store if it was, wholly; or else not at all. */
export interface ScriptStep {
  readonly name: string
  run(store: RelayStore, world: TestWorld): Promise<unknown>
  /** How much of what the step does is there now: 1 all, 0 nothing. Left out: it shows in nothing. */
  done?(store: RelayStore): Promise<number>
}

// Which cells of a post are forgotten later.
const FORGOTTEN: Readonly<Record<string, readonly number[]>> = { a: [0, 1, 2, 3], b: [0, 5, 9], d: [2] }

/** Puts, forgetting, a window that closes, moving, tokens, tombstones, settings, expiry. The same for every adapter. */
export const storeScript: readonly ScriptStep[] = [
  put("a", 100),
  put("b", 120),
  forget("a", [0, 1, 2, 3]),
  put("c", 60),
  { name: "an hour passes", run: async (_, world) => world.pass(WINDOW_MS) },
  put("d", 30),
  { name: "tidy", run: async (store) => await store.tidy() },
  forget("b", [0, 5, 9]),
  forget("d", [2]),
  {
    name: "pay",
    run: async (store) =>
      await store.put({
        cells: shortRows("paid", 10),
        lane: "reserved",
        spends: { hash: seededBytes("token", 32), untilDay: store.today() + 9 },
      }),
    done: async (store) => await share(store, shortRows("paid", 10)),
  },
  {
    name: "tombstones",
    run: async (store) => await store.putTombstones(tombstonesToCome(store.today())),
    done: async (store) => {
      const found = await store.tombstones(tombstonesToCome(0).map(({ id }) => id))
      return found.filter((one) => one !== null).length / found.length
    },
  },
  {
    name: "setting",
    run: async (store) => await store.settings.write("name", seededBytes("name", 16)),
    done: async (store) => ((await store.settings.read("name")) === null ? 0 : 1),
  },
  {
    name: "feed parts",
    run: async (store) => await store.feeds.putParts(feed().parts),
  },
  {
    name: "feed",
    run: async (store) => await store.feeds.put(feed().head),
    // Whole, or nothing of it is served.
    done: async (store) => {
      const { head, parts } = feed()
      const found = [await store.feeds.head(DESK, 1)]
      for (const { hash } of parts) found.push(await store.feeds.part(head.deskKey, hash))
      return found.filter((one) => one !== null).length / found.length
    },
  },
  {
    name: "old",
    run: async (store) =>
      await putAll(
        store,
        shortRows("old", 8).map((cell) => ({ ...cell, day: store.today() - 9 })),
      ),
  },
  { name: "two days pass", run: async (_, world) => world.passDays(2) },
  {
    name: "expire",
    run: async (store) => await store.expire(),
    // Done in several transactions, so that only its end can be told.
    done: async (store) => ((await share(store, shortRows("old", 8))) === 0 ? 1 : 0),
  },
  put("e", 9),
]

/**
 * Plays the whole script, whatever fails in it.
 *
 * @param told - is called with the name of each step that the store said was done.
 */
export async function playScript(
  store: RelayStore,
  world: TestWorld,
  told: (name: string) => void,
): Promise<void> {
  for (const step of storeScript) {
    try {
      await step.run(store, world)
    } catch {
      // What it says does not matter: what the disk says does.
      continue
    }
    told(step.name)
  }
}

/**
 * What is wrong with a store after the script was played, cut or failing: nothing that was told may be missing, nothing
 * may be half done, and the store agrees with itself.
 */
export async function findFaults(store: RelayStore, told: ReadonlySet<string>): Promise<string[]> {
  const faults: string[] = []
  for (const { name, done } of storeScript) {
    const share = (await done?.(store)) ?? 1
    if (share < 1 && told.has(name)) faults.push(`${name}: told, and ${share} of it is there`)
    else if (share > 0 && share < 1) faults.push(`${name}: ${share} of it is there`)
  }
  const { damaged, structure } = await store.fsck()
  return [...faults, ...damaged.map((id) => `damaged: ${id}`), ...structure]
}

function put(seed: string, count: number): ScriptStep {
  const left = shortRows(seed, count).filter((_, i) => !(FORGOTTEN[seed] ?? []).includes(i))
  return {
    name: `put ${seed}`,
    run: async (store) => await putAll(store, shortRows(seed, count)),
    done: async (store) => await share(store, left),
  }
}

function forget(seed: string, which: readonly number[]): ScriptStep {
  return {
    name: `forget ${seed}`,
    run: async (store) => await store.forget(which.map((i) => shortToken(seed, i))),
    // Where the cells were never kept, there is nothing to forget: then it shows in nothing.
    done: async (store) => {
      const rows = shortRows(seed, Math.max(...which) + 1)
      const ids = which.map((i) => (rows[i] as NamedCell).id)
      const cells = (await store.read(ids)).filter((cell) => cell !== null).length
      const tombstones = (await store.tombstones(ids)).filter((one) => one !== null).length
      if (cells === 0 && tombstones === 0) return 1
      return cells + tombstones === ids.length ? tombstones / ids.length : 0.5
    },
  }
}

/** Of cells that never come: they stand for those that another relay has forgotten. */
function tombstonesToCome(
  day: number,
): { readonly id: Uint8Array; readonly token: Uint8Array; readonly day: number }[] {
  return shortRows("to come", 5).map(({ id }, i) => ({ id, token: shortToken("to come", i), day }))
}

async function share(store: RelayStore, cells: readonly NamedCell[]): Promise<number> {
  const read = await store.read(cells.map(({ id }) => id))
  const whole = read.filter(
    (cell, i) => cell !== null && toHex(cell.body) === toHex((cells[i] as NamedCell).body),
  )
  return whole.length / cells.length
}

function feed(): StoredNumber {
  return numberAfter(null)
}
