/** What is asked of whoever uses it. */
export interface AutoLockPorts {
  readonly minutes: () => number
  /** False while something is being taken or sealed that a lock would cut. It is asked again every few seconds. */
  readonly mayLock: () => boolean
  readonly lock: () => void
}

export interface AutoLock {
  /** Something was touched: the time begins anew. */
  touch(): void
  /** The page is seen again. @returns whether it had been left for too long, and is locked now. */
  back(): boolean
  stop(): void
}

const AGAIN_MS = 10_000

/**
 * Locks what was not touched for some minutes. Timers sleep when a phone does, so the clock is looked at as well when the
 * page comes back; a clock that was turned back counts as too long.
 */
export function createAutoLock(ports: AutoLockPorts): AutoLock {
  let touchedAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | null = null

  function isOver(): boolean {
    const passed = Date.now() - touchedAt
    return passed < 0 || passed >= ports.minutes() * 60_000
  }
  function arm(): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(look, Math.max(AGAIN_MS, touchedAt + ports.minutes() * 60_000 - Date.now()))
  }
  function look(): boolean {
    if (isOver() && ports.mayLock()) {
      stop()
      ports.lock()
      return true
    }
    arm()
    return false
  }
  function stop(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  arm()
  return {
    touch: () => {
      touchedAt = Date.now()
      arm()
    },
    back: look,
    stop,
  }
}
