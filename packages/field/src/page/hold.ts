import { type ReadonlySignal, signal } from "@preact/signals"

/** In how many steps a press of a second counts, and how long each is. */
export const SECOND_STEPS = 10
const STEP_MS = 100

/** A press that has to last. */
export interface Hold {
  /** How many steps it has lasted; 0 where nothing is pressed. */
  readonly steps: ReadonlySignal<number>
  press(): void
  /** @returns whether a press was let go before its time. */
  release(): boolean
}

/**
 * Counts in steps that must each be lived through, not by the clock alone: on a page that hangs for a second, the news
 * that the finger is gone waits behind the hang, and a single timer would be quicker than it.
 */
export function createHold(wanted: number, onHeld: () => void): Hold {
  const steps = signal(0)
  let timer: ReturnType<typeof setTimeout> | null = null

  function step(): void {
    steps.value += 1
    if (steps.value < wanted) {
      timer = setTimeout(step, STEP_MS)
      return
    }
    timer = null
    steps.value = 0
    onHeld()
  }
  return {
    steps,
    press: () => {
      timer ??= setTimeout(step, STEP_MS)
    },
    release: () => {
      if (timer === null) return false
      clearTimeout(timer)
      timer = null
      steps.value = 0
      return true
    },
  }
}
