import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals"
import type { Failure } from "../engine/failure.ts"
import type { LockState } from "../engine/lock-keeper.ts"
import type { Answers, KeepingShown, Standing } from "../engine/protocol.ts"
import type { ReportInput } from "../report/index.ts"
import { FIRST, type Language, languageOf, loadWords, type LoadedWords, type Words } from "../words/index.ts"
import { markBorrowed } from "./borrowed.ts"
import { type CarryState, createCarry } from "./carry-state.ts"
import { createDelivery, type DeliveryState } from "./delivery-queue.ts"
import { createProgram, type Program } from "./trust/program.ts"
import { createDraft, type Draft } from "./typed-draft.ts"
import { type Engine, FailureError } from "./engine.ts"
import { type RecordingState, recordingIn, type ReportContent } from "./recording-state.ts"
import type { Shell } from "./shell.ts"
import { createHearing, type HearingState } from "./hearing-state.ts"
import { createKeptTexts, type KeptTexts } from "./kept-texts.ts"
import { createLock, type Lock } from "./lock.ts"
import { createWitness, type WitnessState } from "./witness-state.ts"

/** Where the page stands. Kept in memory alone: nothing of it is written anywhere by the page. */
export interface State extends CarryState {
  readonly shell: Shell
  readonly lock: Lock
  readonly draft: Draft
  readonly setFaces: (on: boolean) => Promise<void>
  /** Whether an invitation was accepted, and the first passphrase is wanted before anything is kept. */
  readonly locking: Signal<boolean>
  readonly words: ReadonlySignal<Words>
  readonly program: Program
  /** Fetches a language and shows it; where it cannot be fetched, nothing changes. */
  readonly chooseLanguage: (language: Language) => Promise<void>
  /** Null until the engine is open and has answered. */
  readonly standing: Signal<Standing | null>
  readonly failure: Signal<Failure | null>
  readonly busy: Signal<"joining" | "unlocking" | "keeping" | "checking" | "saving" | "opening" | null>
  readonly delivery: DeliveryState
  /** The invitation that was read and not yet accepted. */
  readonly invitation: Signal<(Answers["read-invitation"] & { readonly text: string }) | null>
  /** Whether a report was just kept, and the page shows its way instead of a new one. */
  readonly following: Signal<boolean>
  /** What the last check said. */
  readonly checked: Signal<number | null>
  readonly hearing: HearingState
  readonly readInvitation: (text: string) => Promise<void>
  /** Reads an invitation that came with a link, now or when the lock is open; one who has joined keeps the desk they have. */
  readonly openLink: (text: string) => Promise<void>
  readonly join: () => Promise<void>
  readonly kept: KeptTexts
  readonly witness: WitnessState
  readonly proposeWords: () => Promise<void>
  /** @param proposed - what they must be; null where they are brought from elsewhere. */
  readonly joinWithWords: (typed: string, proposed: string | null) => Promise<void>
  readonly forgetMe: () => Promise<void>
  readonly propose: () => Promise<void>
  /** Locks with a passphrase that was proposed, and then joins. */
  readonly setPassphrase: (typed: string) => Promise<void>
  readonly unlock: (typed: string) => Promise<void>
  readonly wipe: () => Promise<void>
  /** Does something to the lock; what fails stands in {@link failure}. @returns whether it worked. */
  readonly guarded: (work: () => Promise<void>) => Promise<boolean>
  /** @returns whether it is kept. */
  readonly keep: (input: ReportInput, content: ReportContent) => Promise<boolean>
  /** How far the sealing of what is being kept has come; null while nobody can say. */
  readonly keeping: Signal<KeepingShown | null>
  readonly stopKeeping: () => Promise<void>
  /** What is recorded in the page; it goes on beside everything else. */
  readonly recording: RecordingState
  readonly check: () => Promise<void>
  readonly openFile: (file: File) => Promise<void>
}

/** What is known before the app begins. */
export interface Known {
  /** An invitation that came with the link, or empty. */
  readonly fromLink: string
  /** What the files say of the lock from outside. */
  readonly lock: LockState | null
}

export function createState(engine: Engine, known: Known, shell: Shell): State {
  const loaded = signal<LoadedWords>(FIRST)
  markBorrowed(() => loaded.value)
  async function chooseLanguage(language: Language): Promise<void> {
    loaded.value = await loadWords(language).catch(() => loaded.value)
  }
  void chooseLanguage(languageOf(shell.appearance.value.language))
  const standing = signal<Standing | null>(null)
  const failure = signal<Failure | null>(null)
  const busy: State["busy"] = signal(null)
  const delivery = createDelivery(engine)
  const keeping = signal<KeepingShown | null>(null)
  const invitation: State["invitation"] = signal(null)
  const following = signal(false)
  const checked = signal<number | null>(null)
  const carry = createCarry(engine, attempt)
  const { carried } = carry
  const locking = signal(false)
  const witness = createWitness(engine)
  const lock = createLock(engine, known.lock, () => {
    standing.value = null
    invitation.value = null
    witness.drop()
    locking.value = false
    following.value = false
    delivery.queue.value = null
    checked.value = null
    carried.value = null
    carry.carriedNext.value = null
    shell.drop()
    draft.forget()
  })
  const kept = createKeptTexts(engine, lock, (language) => void chooseLanguage(languageOf(language)))
  const recording = recordingIn(engine)
  let wasBegun = false
  shell.begun.subscribe((begun) => {
    // Kept or thrown away: what was recorded for it and not kept is erased.
    if (begun === null && wasBegun) void recording.discard().catch(() => undefined)
    wasBegun = begun !== null
  })
  const draft = createDraft(engine)
  const hearing = createHearing(engine, { standing, checked, failure, attempt })
  engine.onStanding = (now) => {
    standing.value = now
  }
  // Whatever is kept or goes changes how much room there is.
  effect(() => {
    if (standing.value !== null) void delivery.room.look()
  })
  engine.onKeeping = (step) => {
    keeping.value = step
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
      const said = error instanceof FailureError ? error.failure : "unknown"
      // Whoever locks knows that what was going on ended.
      failure.value = said === "locked" ? null : said
      if (said === "storage-full") void delivery.room.look(true)
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
  let linked = known.fromLink
  async function readLink(): Promise<void> {
    if (linked === "") return
    const text = linked
    linked = ""
    await readInvitation(text)
  }
  async function enrol({ text, keyWords }: NonNullable<State["invitation"]["value"]>): Promise<void> {
    const asking = keyWords === null ? ({ kind: "enrol", text } as const) : witness.asking(text)
    standing.value = await engine.ask(asking)
    invitation.value = null
    locking.value = false
    witness.drop()
    // Who comes back wants to know at once; it is what everybody asks.
    if (standing.value.witness?.cameBack === true) await ask()
  }
  async function ask(): Promise<void> {
    const answer = await engine.ask({ kind: "check" })
    standing.value = answer.standing
    failure.value = answer.failures[0] ?? null
    // Whoever got no answer cannot say that there is nothing new.
    checked.value = answer.arrived === 0 && failure.value !== null ? null : answer.arrived
  }
  async function join(): Promise<void> {
    const read = invitation.value
    if (read === null) return
    if (lock.state.value === "none") {
      failure.value = null
      locking.value = true
      return
    }
    await attempt("joining", () => enrol(read))
  }
  void attempt(null, async () => {
    await lock.ask()
    if (lock.state.value === "none") await readLink()
  })
  return {
    shell,
    lock,
    draft,
    setFaces: async (on) => {
      await attempt(null, async () => {
        standing.value = await engine.ask({ kind: "set-faces", on })
      })
    },
    openLink: async (text) => {
      linked = text
      // Where it is locked it waits until it is not.
      if (lock.state.value === "none" || standing.value?.desk === null) await readLink()
    },
    locking,
    kept,
    program: createProgram(lock.lockNow),
    words: computed(() => loaded.value.words),
    chooseLanguage: async (language) => {
      await chooseLanguage(language)
      await kept.put("language", language)
      // In the clear it may say no more than the cover has to know: what somebody speaks can tell who they are.
      if (language === "fa" || language === "en") await shell.choose({ language })
    },
    standing,
    failure,
    busy,
    delivery,
    invitation,
    following,
    checked,
    hearing,
    readInvitation,
    join,
    witness,
    proposeWords: async () => {
      await attempt("joining", () => witness.propose(loaded.value.words.direction === "ltr" ? "en" : "fa"))
    },
    joinWithWords: async (typed, proposed) => {
      let isTaken = false
      await attempt("joining", async () => {
        isTaken = await witness.take(typed, proposed)
      })
      if (isTaken) await join()
    },
    forgetMe: async () => {
      await attempt(null, async () => {
        standing.value = await engine.ask({ kind: "forget-witness" })
        shell.drop()
      })
    },
    propose: async () => {
      await attempt("unlocking", () => lock.propose(loaded.value.words.direction === "ltr" ? "en" : "fa"))
    },
    setPassphrase: async (typed) => {
      const read = invitation.value
      await attempt("unlocking", async () => {
        await lock.set(typed)
        standing.value = await engine.ask({ kind: "standing" })
        if (read !== null) await enrol(read)
      })
    },
    unlock: async (typed) => {
      await attempt("unlocking", async () => {
        await lock.unlock(typed)
        // Before home stands there: who taps at once gets back what the last start left.
        await draft.ask()
        standing.value = await engine.ask({ kind: "standing" })
      })
      if (standing.value?.desk === null) await readLink()
    },
    wipe: async () => {
      await attempt(null, lock.wipe)
    },
    guarded: async (work) => await attempt("unlocking", work),
    keep: async (input, content) => {
      checked.value = null
      keeping.value = null
      return await attempt("keeping", async () => {
        standing.value = await engine.ask({ kind: "keep", input, ...content })
        void delivery.askToStay()
      })
    },
    keeping,
    stopKeeping: async () => void (await engine.ask({ kind: "stop-keeping" })),
    recording,
    ...carry,
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
      await attempt("checking", ask)
    },
  }
}
