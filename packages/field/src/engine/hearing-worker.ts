import type { FieldHome } from "../home/index.ts"
import type * as carrierFileModule from "../platform/carrier-file.ts"
import { oneAtATime } from "../platform/one-at-a-time.ts"
import type { FeedVisit } from "../check/index.ts"
import type { HeardFile } from "../carry/index.ts"
import { type Failure, failureOf } from "./failure.ts"
import { createListener, type Listener } from "./listener.ts"
import type { ReadableFile } from "./medium.ts"

/** What asking the desk's feed came to. */
export interface Heard {
  /** How many parcels have now arrived. */
  readonly arrived: number
  readonly failures: readonly Failure[]
}

/** Everything that comes back from the desk, in one tab at a time. */
export interface Hearing {
  /** By hand. */
  ask(): Promise<Heard>
  /** A file that somebody brought. */
  hear(file: ReadableFile): Promise<{ readonly arrived: number; readonly state: HeardFile["state"] }>
  /** The proof as a file for somebody who is trusted, veiled: it names the desk. Null where there is none. */
  proofFile(): Promise<{ readonly name: string; readonly file: Blob } | null>
  readonly listener: Listener
}

/** @param heard - told of what came without being asked for. */
export function startHearing(home: FieldHome, heard: (heard: Heard) => Promise<void>): Hearing {
  async function ask(): Promise<Heard> {
    return await oneAtATime("hearing", async () => {
      const { arrived, visits } = await home.check(home.keepReply)
      return { arrived: arrived.length, failures: failuresOf(visits) }
    })
  }
  const listener = createListener({
    ask: async () => {
      if ((await home.enrolment()) !== null) await heard(await ask())
    },
    later: (ms, callback) => void setTimeout(callback, ms),
    random: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
  })
  return {
    ask,
    listener,
    hear: async (file) => {
      const received = await (await carrier()).receivedFile(file, home.primitives)
      const { state, arrived } = await oneAtATime("hearing", () => home.hear(received, home.keepReply))
      return { state, arrived: arrived.length }
    },
    proofFile: async () => {
      const proof = await home.proof()
      if (proof === null) return null
      return await (await carrier()).collectedFile([proof], home.primitives)
    },
  }
}

/** A refusal before all else. A relay that does not answer is nothing to tell where another one did. */
function failuresOf(visits: readonly FeedVisit[]): readonly Failure[] {
  const refused = visits.filter(({ state }) => state === "refused")
  const failed = visits.filter(({ state }) => state === "failed")
  const told = failed.length === visits.length ? failed : []
  return [...refused, ...told].flatMap(({ error }) => (error === null ? [] : [failureOf(error)]))
}

/** Fetched when it is wanted: everybody waits for what seals. */
function carrier(): Promise<typeof carrierFileModule> {
  return import("../platform/carrier-file.ts")
}
