import type { Signal } from "@preact/signals"
import type { Failure } from "../engine/failure.ts"
import type { Standing } from "../engine/protocol.ts"
import { download } from "./download.ts"
import type { Engine } from "./engine.ts"

/** What can be done with what came back from the desk. */
export interface HearingState {
  /** Saves what is kept as proof. @returns whether it worked. */
  readonly saveProof: () => Promise<boolean>
  /** Erases answers that were read, or a proof that was handed over. */
  readonly putAway: (
    what:
      | { readonly kind: "drop-proof" }
      | { readonly kind: "read-replies"; readonly replies: readonly string[] },
  ) => Promise<void>
}

/** What the page's state lends. */
interface Lent {
  readonly standing: Signal<Standing | null>
  readonly checked: Signal<number | null>
  readonly failure: Signal<Failure | null>
  readonly attempt: (what: "saving" | "opening", work: () => Promise<void>) => Promise<boolean>
}

export function createHearing(engine: Engine, { standing, checked, failure, attempt }: Lent): HearingState {
  // Asked without anybody asking: no network is then no news.
  engine.onHeard = ({ arrived, failures }) => {
    if (arrived > 0) checked.value = arrived
    if (failures.includes("feed-refused")) failure.value = "feed-refused"
  }
  return {
    saveProof: async () =>
      await attempt("saving", async () => {
        const saved = await engine.ask({ kind: "save-proof" })
        if (saved !== null) download(saved.name, saved.file as Blob)
      }),
    putAway: async (what) => {
      await attempt("opening", async () => {
        standing.value = await engine.ask(what)
      })
    },
  }
}
