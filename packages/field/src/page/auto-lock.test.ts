import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createAutoLock } from "./auto-lock.ts"

const MINUTE = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function start(mayLock = (): boolean => true): {
  locked: () => number
  lock: ReturnType<typeof createAutoLock>
} {
  let times = 0
  const lock = createAutoLock({ minutes: () => 5, mayLock, lock: () => (times += 1) })
  return { locked: () => times, lock }
}

test("it locks after its minutes, once, and every touch begins them anew", () => {
  const { locked, lock } = start()
  vi.advanceTimersByTime(4 * MINUTE)
  lock.touch()
  vi.advanceTimersByTime(4 * MINUTE + 59_000)
  expect(locked()).toBe(0)
  vi.advanceTimersByTime(1_000)
  expect(locked()).toBe(1)
  vi.advanceTimersByTime(60 * MINUTE)
  expect(locked()).toBe(1)
})

test("a phone that slept, its timers with it, locks as the page comes back; so does a clock that was turned back", () => {
  const slept = start()
  vi.setSystemTime(Date.now() + 5 * MINUTE)
  expect([slept.locked(), slept.lock.back(), slept.locked()]).toEqual([0, true, 1])
  const turned = start()
  vi.setSystemTime(Date.now() - MINUTE)
  expect([turned.lock.back(), turned.locked()]).toEqual([true, 1])
  const brief = start()
  vi.setSystemTime(Date.now() + 4 * MINUTE)
  expect([brief.lock.back(), brief.locked()]).toEqual([false, 0])
})

test("while something is recorded it waits, and locks soon after", () => {
  let recording = true
  const { locked, lock } = start(() => !recording)
  vi.advanceTimersByTime(30 * MINUTE)
  expect([locked(), lock.back()]).toEqual([0, false])
  recording = false
  vi.advanceTimersByTime(10_000)
  expect(locked()).toBe(1)
})

test("stopped, it never locks", () => {
  const { locked, lock } = start()
  lock.stop()
  vi.advanceTimersByTime(60 * MINUTE)
  expect(locked()).toBe(0)
})
