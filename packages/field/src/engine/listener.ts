import { nextAskMs } from "../send/index.ts"

/** What asking by itself needs of the world. */
export interface ListenerWorld {
  /** Asks every relay for what is new, and shows it. What fails is its own to tell. */
  ask(): Promise<void>
  later(ms: number, callback: () => void): void
  /** 32 random bits. */
  random(): number
}

/**
 * Asks the desk's feed by itself while the app is open: at the start, a while after everything was sent, and every six to
 * eight hours. When it asks tells nothing of what a phone waits for: all ask at the start, and what they ask is the same.
 */
export interface Listener {
  /** The first asking, however it ended: what it brings may be a warning about the road that sending takes. */
  readonly first: Promise<void>
  /** Everything was sent: receipts may come before the hours are over. */
  allSent(): void
}

/** A desk that pulls every quarter of an hour has then written what arrived. */
const AFTER_SENDING_MS = 1_200_000

export function createListener(world: ListenerWorld): Listener {
  let turn = 0

  async function askAndWait(): Promise<void> {
    const mine = ++turn
    await world.ask().catch(() => undefined)
    if (mine === turn) askLater(nextAskMs(world.random()))
  }
  function askLater(ms: number): void {
    const mine = ++turn
    world.later(ms, () => {
      // Another asking was set since: of several the newest holds.
      if (mine === turn) void askAndWait()
    })
  }

  return {
    first: askAndWait(),
    allSent: () => askLater(Math.round(AFTER_SENDING_MS * (1 + world.random() / 2 ** 32))),
  }
}
