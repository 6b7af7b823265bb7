import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { formatToken } from "@govah/core/token"
import { admit } from "../admission/admission.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"
import { spawnRelay } from "./child-relay.ts"
import { type Answers, flood } from "./flood.ts"
import { seededRandom } from "./seizure/random.ts"
import { freshFolder, postCells, realDeps, seededCells, someDeskKey } from "./test-relay.ts"
import { spend, tokensFor } from "./token-client.ts"

/** What became of a relay that was flooded. Statuses are those of HTTP. */
export interface Outlasted {
  readonly answers: Answers
  /** Posts that were paid with a token while junk came; each was sent once. */
  readonly tokensAmidst: readonly number[]
  /** A post that was paid with work, after the junk. */
  readonly openAfter: number
  /** The last of those posts, which filled the open share. */
  readonly openAtLast: number
  /** A post that was paid with a token, after that. */
  readonly tokenAtLast: number
  /** Cells that junk alone had stored. */
  readonly junkCells: number
  /** Bytes of the store and its companions in the end. */
  readonly bytes: number
  /** The most memory that the relay's process held, in bytes. */
  readonly peakBytes: number
}

export const MAX_BYTES = 12_000_000

/** Floods a relay in a process of its own with junk, then fills its open share with paid posts. @param program - `main.ts`, or a variant. */
export async function outlastFlood(program: string, requests: number): Promise<Outlasted> {
  const folder = freshFolder()
  const file = join(folder, "relay.db")
  const relay = await spawnRelay(file, program, {
    GOVAH_RELAY_PORT: "0",
    GOVAH_RELAY_MAX_BYTES: `${MAX_BYTES}`,
    GOVAH_RELAY_WORK_BITS: "12",
    GOVAH_RELAY_UPLOADS: "off",
  })
  const store = openStore(file, realDeps, { maxBytes: MAX_BYTES })
  try {
    // Ahead of use, as it should be.
    const capability = await admit(store, { deskKey: someDeskKey() })
    const { tokens } = await tokensFor(relay, capability, 8)
    const parcel = async (name: string, at: number): Promise<number> =>
      (await spend(relay, formatToken(tokens[at] as (typeof tokens)[number]), seededCells(name, 4)))[0]

    const flooding = flood(relay.port, requests, seededRandom("flood"))
    const tokensAmidst: number[] = []
    for (let i = 0; i < 4; i++) tokensAmidst.push(await parcel(`amidst ${i}`, i))
    const answers = await flooding
    const junkCells = (await store.count()) - 4 * tokensAmidst.filter((status) => status === 200).length
    const openAfter = (await postCells(relay.url, seededCells("open", 4))).status
    // To the last place: where many no longer fit, one may.
    let openAtLast = openAfter
    for (const size of [32, 4, 1]) {
      openAtLast = 200
      for (let i = 0; openAtLast === 200; i++) {
        openAtLast = (await postCells(relay.url, seededCells(`filling ${size} ${i}`, size))).status
      }
    }
    const tokenAtLast = await parcel("at last", 4)
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${relay.process.pid}/status`, "utf8"))?.[1]
    const bytes = ["", "-wal", "-shm"].reduce((sum, end) => sum + statSync(`${file}${end}`).size, 0)
    return {
      answers,
      tokensAmidst,
      openAfter,
      openAtLast,
      tokenAtLast,
      junkCells,
      bytes,
      peakBytes: Number(peak) * 1024,
    }
  } finally {
    await store.close()
    await relay.end("SIGKILL")
  }
}
