import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createHold, SECOND_STEPS } from "./hold.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test("a press of a second is held, and a shorter one is not", () => {
  let held = 0
  const hold = createHold(SECOND_STEPS, () => (held += 1))
  hold.press()
  vi.advanceTimersByTime(999)
  expect([held, hold.steps.value, hold.release()]).toEqual([0, SECOND_STEPS - 1, true])
  vi.advanceTimersByTime(5_000)
  expect([held, hold.steps.value]).toEqual([0, 0])
  hold.press()
  vi.advanceTimersByTime(1_000)
  expect([held, hold.release()]).toEqual([1, false])
})

test("many short presses in a row are no long one, and pressing twice at once is no quicker", () => {
  let held = 0
  const hold = createHold(SECOND_STEPS, () => (held += 1))
  for (let times = 0; times < 30; times++) {
    hold.press()
    hold.press()
    vi.advanceTimersByTime(900)
    hold.release()
  }
  expect(held).toBe(0)
})

test("a page that hangs for seconds counts one step: the finger may have gone meanwhile", () => {
  let held = 0
  const hold = createHold(SECOND_STEPS, () => (held += 1))
  hold.press()
  vi.advanceTimersByTime(300)
  // Nothing runs for three seconds; then one timer is due, and behind it stands the news that the finger is gone.
  vi.setSystemTime(Date.now() + 3_000)
  vi.advanceTimersToNextTimer()
  expect([hold.steps.value, hold.release(), held]).toEqual([4, true, 0])
})
