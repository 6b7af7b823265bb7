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

/**
 * @param heard - told of what came without being asked for.
 * @param rerouted - told as soon as other relays are to be used than before: a warning, or a newer card.
 */
export function startHearing(
  home: FieldHome,
  heard: (heard: Heard) => Promise<void>,
  rerouted: () => void,
): Hearing {
  /** In one tab at a time. Also what fails half way may have brought a warning. */
  async function minding<T>(work: () => Promise<T>): Promise<T> {
    return await oneAtATime("hearing", async () => {
      const before = await addresses(home)
      try {
        return await work()
      } finally {
        if ((await addresses(home)) !== before) rerouted()
      }
    })
  }
  async function ask(): Promise<Heard> {
    return await minding(async () => {
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
      const { state, arrived } = await minding(() => home.hear(received, home.keepReply))
      return { state, arrived: arrived.length }
    },
    proofFile: async () => {
      const proof = await home.proof()
      if (proof === null) return null
      return await (await carrier()).collectedFile([proof], home.primitives)
    },
  }
}

async function addresses(home: FieldHome): Promise<string> {
  return (await home.relays()).map(({ url }) => url).join(" ")
}

/** A refusal before all else. A relay that does not answer is nothing to tell where another one did. */
function failuresOf(visits: readonly FeedVisit[]): readonly Failure[] {
  const refused = visits.filter(({ state }) => state === "refused")
  const unheard = visits.filter(({ state }) => state === "failed" || state === "warned")
  const told =
    unheard.length < visits.length
      ? []
      : unheard.toSorted((a, b) => Number(isLeftOut(a)) - Number(isLeftOut(b)))
  return [...refused, ...told].flatMap(({ error }) => (error === null ? [] : [failureOf(error)]))
}

const isLeftOut = ({ state }: FeedVisit): boolean => state === "warned"

/** Fetched when it is wanted: everybody waits for what seals. */
function carrier(): Promise<typeof carrierFileModule> {
  return import("../platform/carrier-file.ts")
}
