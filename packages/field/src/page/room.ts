import { type ReadonlySignal, signal } from "@preact/signals"

/** Bytes below which the app says that room is short: a minute or two of film, and some photos. */
const LITTLE_ROOM = 64 * 1024 * 1024

/** How much room the browser still gives. */
export interface Room {
  /** Whether it is short, or something was refused for want of it. */
  readonly isShort: ReadonlySignal<boolean>
  /** Looks again. @param wasRefused - whether a write has just failed for want of room. */
  readonly look: (wasRefused?: boolean) => Promise<void>
}

/** What the browser says of its room is an estimate; what it refuses is the truth. */
export function createRoom(): Room {
  const isShort = signal(false)
  return {
    isShort,
    look: async (wasRefused = false) => {
      const { quota, usage } = await navigator.storage.estimate().catch(() => ({}) as StorageEstimate)
      const left = quota === undefined || usage === undefined ? null : quota - usage
      isShort.value = wasRefused || (left !== null && left < LITTLE_ROOM)
    },
  }
}
