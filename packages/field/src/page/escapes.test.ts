import { expect, test } from "vitest"
import { onThreeEscapes } from "./escapes.ts"

/** @param over - of a key that is not a plain Escape. */
function press(target: EventTarget, at: number, over: Readonly<Record<string, unknown>> = {}): void {
  const key = { key: "Escape", repeat: false, timeStamp: at, ...over }
  const event = new Event("keydown")
  for (const [name, value] of Object.entries(key)) Object.defineProperty(event, name, { value })
  target.dispatchEvent(event)
}

function heard(press3: (target: EventTarget) => void): number {
  const target = new EventTarget()
  let times = 0
  const stop = onThreeEscapes(target, () => (times += 1))
  press3(target)
  stop()
  for (let at = 50_000; at < 50_005; at++) press(target, at)
  return times
}

test("three in two seconds are heard, and six are two", () => {
  expect(heard((target) => [0, 900, 2_000].forEach((at) => press(target, at)))).toBe(1)
  expect(heard((target) => [0, 1, 2, 3, 4, 5].forEach((at) => press(target, at)))).toBe(2)
})

test("what happens by itself is not heard", () => {
  const slow = (target: EventTarget): void => [0, 1_500, 3_100, 4_700].forEach((at) => press(target, at))
  const heldDown = (target: EventTarget): void =>
    [0, 30, 60, 90].forEach((at) => press(target, at, { repeat: at > 0 }))
  const composing = (target: EventTarget): void =>
    [0, 30, 60].forEach((at) => press(target, at, { isComposing: true }))
  const withOthers = (target: EventTarget): void =>
    [0, 30, 60].forEach((at) => press(target, at, { shiftKey: at === 30 }))
  const typedBetween = (target: EventTarget): void => {
    for (const key of ["Escape", "Escape", "a", "Escape", "Escape"]) press(target, 10, { key })
  }
  const touchedBetween = (target: EventTarget): void => {
    press(target, 0)
    press(target, 30)
    target.dispatchEvent(new Event("pointerdown"))
    press(target, 60)
  }
  const cases = [slow, heldDown, composing, withOthers, typedBetween, touchedBetween]
  expect(cases.map(heard)).toEqual(cases.map(() => 0))
})
