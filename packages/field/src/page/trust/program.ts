/* oxlint-disable govah/no-traces -- holds the program and two notes about it, nothing of a person: the one store that sw.js can serve from */
import { type Signal, signal } from "@preact/signals"
import { parseAlarm, type Alarm } from "../../trust/alarm.ts"
import type {
  CopyVerdict,
  GuardAnswers,
  GuardFailure,
  GuardRequest,
  PickedFile,
  ProgramShown,
  SaidWords,
} from "../../trust/protocol.ts"
import { IS_SINGLE_FILE } from "../box/page-box.ts"
import { startGuard } from "./guard.ts"
import { watchWorker } from "./worker-watch.ts"

/** The program itself, as the page shows it. */
export interface Program {
  /** Undefined until it is known whether one stands; nothing is asked of a person before that. */
  readonly alarm: Signal<Alarm | null | undefined>
  readonly shown: Signal<ProgramShown | null>
  readonly failure: Signal<GuardFailure | null>
  readonly looking: Signal<boolean>
  /** Whether the newer version was agreed to since the page was opened. */
  readonly taken: Signal<boolean>
  /** Compares every file; at the start, a few are. */
  readonly look: () => Promise<void>
  readonly take: () => Promise<void>
  /** Lowers the alarm, and raises it again where its cause is still there. */
  readonly again: () => Promise<void>
  readonly words: () => Promise<SaidWords | null>
  readonly checkCopy: (files: readonly PickedFile[]) => Promise<CopyVerdict>
  /** What waits, sealed, also while an alarm stands. @param after - of the file before. Null where nothing waits. */
  readonly waitingFile: (after: number) => Promise<GuardAnswers["waiting-file"]>
}

/** @param onAlarm - told at once: locks. May be called more than once. */
export function createProgram(onAlarm: () => void): Program {
  const guard = startGuard()
  const alarm: Program["alarm"] = signal(undefined)
  const shown = signal<ProgramShown | null>(null)
  const failure = signal<GuardFailure | null>(null)
  const looking = signal(false)
  const taken = signal(false)

  function hear(now: ProgramShown): void {
    shown.value = now
    if (now.alarm !== null) raise(now.alarm)
    else if (alarm.value === undefined) alarm.value = null
  }
  function raise(why: Alarm): void {
    alarm.value = why
    onAlarm()
  }
  async function ask(request: Extract<GuardRequest, { kind: "look" | "again" | "take" }>): Promise<void> {
    if (looking.value) return
    looking.value = true
    failure.value = null
    try {
      const now: ProgramShown = await guard.ask<"look" | "again" | "take">(request)
      if (request.kind === "again") alarm.value = now.alarm
      hear(now)
      if (now.installed !== null) await install()
    } catch (error) {
      failure.value = guard.failureOf(error)
    } finally {
      looking.value = false
    }
  }
  // The worker of the browser stands between network and page from now on.
  async function install(): Promise<void> {
    const workers = (navigator as Partial<Navigator>).serviceWorker
    if (workers === undefined || (await workers.getRegistration()) !== undefined) return
    await workers.register("/sw.js", { updateViaCache: "all" })
  }
  async function otherWorker(): Promise<void> {
    try {
      const now = await guard.ask({ kind: "other-worker" })
      alarm.value = now.alarm
      hear(now)
    } catch {
      // Nobody is left to judge it: then it is what it looks like.
      raise("worker-changed")
    }
  }
  async function start(): Promise<void> {
    if (IS_SINGLE_FILE) {
      alarm.value = null
      return
    }
    // Before anything can have changed since the page was loaded: under an alarm no code is fetched any more.
    guard.start()
    const noted = await notedAlarm()
    if (noted !== null) raise(noted)
    // Noted without a judgement, or found now: the judgement lowers it where it must.
    if (otherFound.peek()) return await otherWorker()
    if (noted !== null) return
    alarm.value = null
    await ask({ kind: "look", isThorough: false })
  }
  const otherFound = watchWorker()
  void start().then(() => {
    let isJudged = otherFound.peek()
    otherFound.subscribe((isFound) => {
      if (!isFound || isJudged) return
      isJudged = true
      raise("worker-changed")
      void otherWorker()
    })
  })

  return {
    alarm,
    shown,
    failure,
    looking,
    taken,
    look: () => ask({ kind: "look", isThorough: true }),
    take: async () => {
      const version = shown.value?.ready ?? null
      if (version === null) return
      await ask({ kind: "take", version })
      taken.value = failure.value === null
    },
    again: () => ask({ kind: "again" }),
    words: async () =>
      (await guard.ask({ kind: "words", file: IS_SINGLE_FILE ? ownProof() : null }))?.said ?? null,
    waitingFile: (after) => guard.ask({ kind: "waiting-file", after }),
    checkCopy: (files): Promise<GuardAnswers["check-copy"]> => guard.ask({ kind: "check-copy", files }),
  }
}

/** What the edition in one file carries behind itself; nothing where it was never released. */
function ownProof(): Uint8Array {
  const [text] = [...document.childNodes, ...document.body.childNodes, ...document.documentElement.childNodes]
    .filter((node) => node.nodeType === Node.COMMENT_NODE)
    .flatMap((node) => /^govah-release\n([A-Za-z0-9+/=]+)\n$/.exec(node.nodeValue ?? "")?.[1] ?? [])
  return Uint8Array.from(atob(text ?? ""), (character) => character.charCodeAt(0))
}

/** The alarm as it was noted, without waiting for the worker that notes it. */
async function notedAlarm(): Promise<Alarm | null> {
  try {
    const note = await (await caches.open("govah-notes")).match("/alarm")
    return note === undefined ? null : parseAlarm((await note.json()) as string)
  } catch {
    return null
  }
}
