import { effect, type Signal, signal } from "@preact/signals"
import type { QueueShown } from "../engine/courier.ts"
import type { Engine } from "./engine.ts"
import { createRoom, type Room } from "./room.ts"

/** What the page knows of the way out: what the queue does, and what the browser promises about what waits. */
export interface DeliveryState {
  /** Null until the engine has looked. */
  readonly queue: Signal<QueueShown | null>
  /** Tries again now. */
  readonly nudge: () => void
  /** Sends nothing more, in no tab, until {@link resume}: over a restart too. */
  readonly pause: () => void
  readonly resume: () => void
  /** Whether the browser has promised to keep what waits when the device runs low; null where it was not asked. */
  readonly stays: Signal<boolean | null>
  /** Asks it. After something was kept: a browser that asks the person then has a reason that can be seen. */
  readonly askToStay: () => Promise<void>
  readonly room: Room
}

export function createDelivery(engine: Engine): DeliveryState {
  const queue = signal<QueueShown | null>(null)
  const stays = signal<boolean | null>(null)
  engine.onQueue = (now) => {
    queue.value = now
  }
  const act = (what: "nudge" | "pause" | "resume"): void =>
    void engine.ask({ kind: "queue", act: what }).catch(() => undefined)
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") act("nudge")
  })
  keepAwake(() => queue.value?.state === "sending")
  const room = createRoom()
  return {
    queue,
    stays,
    room,
    nudge: () => act("nudge"),
    pause: () => act("pause"),
    resume: () => act("resume"),
    askToStay: async () => {
      stays.value ||= await navigator.storage.persist().catch(() => false)
    },
  }
}

/** Keeps the screen on while it is so and the page is seen: a phone that sleeps sends nothing. */
function keepAwake(isNeeded: () => boolean): void {
  let held: WakeLockSentinel | null = null
  let turn: Promise<void> = Promise.resolve()
  async function settle(): Promise<void> {
    const needed = isNeeded() && document.visibilityState === "visible"
    if (needed && (held === null || held.released)) {
      // Refused on a low battery, and not known to every browser: then the screen goes dark, and the queue waits.
      held = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null
    } else if (!needed && held !== null) {
      const lock = held
      held = null
      await lock.release()
    }
  }
  const look = (): void => {
    isNeeded()
    turn = turn.then(settle).catch(() => undefined)
  }
  effect(look)
  document.addEventListener("visibilitychange", look)
}
