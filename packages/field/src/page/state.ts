import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals"
import type { Failure } from "../engine/failure.ts"
import type { Photo } from "../engine/photo.ts"
import type { Answers, Standing } from "../engine/protocol.ts"
import type { ReportInput } from "../report/index.ts"
import { en, fa, type Words } from "../words/index.ts"
import { createDelivery, type DeliveryState } from "./delivery-queue.ts"
import { download } from "./download.ts"
import { type Engine, FailureError } from "./engine.ts"
import type { Shell } from "./shell.ts"

/** Where the page stands. Kept in memory alone: nothing of it is written anywhere by the page. */
export interface State {
  readonly shell: Shell
  readonly words: ReadonlySignal<Words>
  readonly switchLanguage: () => void
  /** Null until the engine has answered for the first time. */
  readonly standing: Signal<Standing | null>
  readonly failure: Signal<Failure | null>
  readonly busy: Signal<"joining" | "keeping" | "checking" | "saving" | "opening" | null>
  readonly delivery: DeliveryState
  /** The invitation that was read and not yet accepted. */
  readonly invitation: Signal<(Answers["read-invitation"] & { readonly text: string }) | null>
  /** Whether a report was just kept, and the page shows its way instead of a new one. */
  readonly following: Signal<boolean>
  /** What the last check said. */
  readonly checked: Signal<number | null>
  /** What the desk answered since the page was opened: in memory alone, and gone with it. */
  readonly replies: Signal<readonly string[]>
  readonly readInvitation: (text: string) => Promise<void>
  readonly join: () => Promise<void>
  /** @returns whether it is kept. */
  readonly keep: (input: ReportInput, photo: Photo | null) => Promise<boolean>
  readonly check: () => Promise<void>
  /** What the last file that was saved or opened came to; an opened one with receipts counts as a check. */
  readonly carried: Signal<"saved" | "behind" | "other" | null>
  readonly saveFile: () => Promise<void>
  readonly openFile: (file: File) => Promise<void>
}

/** @param fromLink - an invitation that came with the link, or empty. */
export function createState(engine: Engine, fromLink: string, shell: Shell): State {
  const words = signal<Words>(fa)
  const standing = signal<Standing | null>(null)
  const failure = signal<Failure | null>(null)
  const busy: State["busy"] = signal(null)
  const delivery = createDelivery(engine)
  const invitation: State["invitation"] = signal(null)
  const following = signal(false)
  const checked = signal<number | null>(null)
  const replies = signal<readonly string[]>([])
  const carried: State["carried"] = signal(null)
  engine.onReply = (words) => {
    replies.value = [...replies.value, words]
  }
  engine.onStanding = (now) => {
    standing.value = now
  }

  /** Runs one thing at a time, and turns what fails into words. @returns whether it worked. */
  async function attempt(what: State["busy"]["value"], work: () => Promise<void>): Promise<boolean> {
    if (busy.value !== null) return false
    busy.value = what
    failure.value = null
    try {
      await work()
      return true
    } catch (error) {
      failure.value = error instanceof FailureError ? error.failure : "unknown"
      return false
    } finally {
      busy.value = null
    }
  }
  async function readInvitation(text: string): Promise<void> {
    await attempt("joining", async () => {
      invitation.value = { ...(await engine.ask({ kind: "read-invitation", text })), text }
    })
  }
  void attempt(null, async () => {
    standing.value = await engine.ask({ kind: "standing" })
    if (standing.value.desk === null && fromLink !== "") await readInvitation(fromLink)
  })
  return {
    shell,
    words: computed(() => words.value),
    switchLanguage: () => {
      words.value = words.value === fa ? en : fa
    },
    standing,
    failure,
    busy,
    delivery,
    invitation,
    following,
    checked,
    replies,
    readInvitation,
    join: async () => {
      const text = invitation.value?.text
      if (text === undefined) return
      await attempt("joining", async () => {
        standing.value = await engine.ask({ kind: "enrol", text })
        invitation.value = null
      })
    },
    keep: async (input, photo) => {
      checked.value = null
      return await attempt("keeping", async () => {
        standing.value = await engine.ask({ kind: "keep", input, photo })
        void delivery.askToStay()
      })
    },
    carried,
    saveFile: async () => {
      carried.value = null
      await attempt("saving", async () => {
        const { name, file } = await engine.ask({ kind: "save-file" })
        download(name, file as Blob)
        carried.value = "saved"
      })
    },
    openFile: async (file) => {
      carried.value = null
      checked.value = null
      await attempt("opening", async () => {
        const answer = await engine.ask({ kind: "open-file", file })
        standing.value = answer.standing
        if (answer.state === "heard") checked.value = answer.arrived
        else if (answer.state === "refused") failure.value = "feed-refused"
        else carried.value = answer.state
      })
    },
    check: async () => {
      carried.value = null
      checked.value = null
      await attempt("checking", async () => {
        const answer = await engine.ask({ kind: "check" })
        standing.value = answer.standing
        checked.value = answer.arrived
        failure.value = answer.failures[0] ?? null
      })
    },
  }
}
