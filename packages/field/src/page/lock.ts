import { type Signal, signal } from "@preact/signals"
import type { LockState } from "../engine/lock-keeper.ts"
import type { PassphraseLanguage } from "@govah/core/passphrase"
import type { Engine } from "./engine.ts"

/** The lock as the page sees it. */
export interface Lock {
  /** Null until it is known; the engine has the last word. */
  readonly state: Signal<LockState | null>
  /** What the engine proposes, until it is set. */
  readonly proposed: Signal<string | null>
  readonly propose: (language: PassphraseLanguage) => Promise<void>
  /** @throws FailureError, as all of them. */
  readonly set: (passphrase: string) => Promise<void>
  readonly unlock: (passphrase: string) => Promise<void>
  readonly change: (passphrase: string, next: string) => Promise<void>
  readonly setDuress: (passphrase: string, duress: string | null) => Promise<void>
  /** Ends the worker that holds the key, here and in every other tab. At once, whatever is going on. */
  readonly lockNow: () => void
  /** Destroys the key and then everything. The workers of all tabs are ended first: none may write any more. */
  readonly wipe: () => Promise<void>
  readonly ask: () => Promise<void>
}

/** Tabs tell each other that they locked or wiped, and nothing else. */
const CHANNEL = "lock"

/**
 * After this long without a worker that could overwrite the key, everything is removed as it is. Not sooner: on a slow phone a
 * worker needs a second to begin, and what it overwrites is gone more surely than what is only removed.
 */
const LATE_MS = 3_000

/** Removes everything without the engine. What only the engine can overwrite, the disk may hold for a while. */
async function removeAll(): Promise<LockState> {
  await (await navigator.storage.getDirectory()).removeEntry("field", { recursive: true })
  return "none"
}

/**
 * @param seen - what is known before the engine looks into the files (`lock-glance.ts`).
 * @param onLocked - told that nothing of what is kept may be shown any more.
 */
export function createLock(engine: Engine, seen: LockState | null, onLocked: () => void): Lock {
  const state: Lock["state"] = signal(seen)
  let isAnswered = false
  const proposed = signal<string | null>(null)
  const others = new BroadcastChannel(CHANNEL)

  function end(): void {
    engine.restart()
    proposed.value = null
    if (state.value === "open") state.value = "locked"
    onLocked()
  }
  async function ask(): Promise<void> {
    try {
      state.value = await engine.ask({ kind: "lock-state" })
    } catch (error) {
      // What was only seen from outside is not known.
      if (!isAnswered) state.value = null
      throw error
    }
    isAnswered = true
  }
  others.addEventListener("message", () => {
    end()
    ask().catch(() => undefined)
  })
  return {
    state,
    proposed,
    ask,
    propose: async (language) => {
      proposed.value = await engine.ask({ kind: "propose-passphrase", language })
    },
    set: async (passphrase) => {
      state.value = await engine.ask({ kind: "set-passphrase", passphrase })
      proposed.value = null
      // A tab that stands at its own first passphrase finds that there is one.
      others.postMessage(null)
    },
    unlock: async (passphrase) => {
      state.value = await engine.ask({ kind: "unlock", passphrase })
    },
    change: async (passphrase, next) => {
      await engine.ask({ kind: "change-passphrase", passphrase, next })
      proposed.value = null
    },
    setDuress: async (passphrase, duress) => {
      await engine.ask({ kind: "set-duress", passphrase, duress })
      proposed.value = null
    },
    lockNow: () => {
      end()
      others.postMessage(null)
    },
    wipe: async () => {
      end()
      others.postMessage(null)
      const wiping = engine.ask({ kind: "wipe" })
      // The new worker has to be fetched, which may fail or take for ever where the app is not installed. Once it runs,
      // nothing takes its work away from it, however slow the disk is.
      const late = new Promise<never>((_, reject) => setTimeout(reject, LATE_MS))
      state.value = await Promise.race([engine.begun(), wiping, late])
        .then(() => wiping)
        .catch(() => removeAll().catch(() => wiping))
      // Those who looked while it was going on look again.
      others.postMessage(null)
    },
  }
}
