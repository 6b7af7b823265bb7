import { expect, test } from "vitest"
import { createListener } from "./listener.ts"

const HOUR = 3_600_000

function world(): {
  asked: number[]
  ports: Parameters<typeof createListener>[0]
  pass(ms: number): Promise<void>
} {
  let now = 0
  let timers: { at: number; callback: () => void }[] = []
  const asked: number[] = []
  return {
    asked,
    ports: {
      ask: async () => {
        asked.push(now)
        if (asked.length === 2) throw new Error("no network")
      },
      later: (ms, callback) => void timers.push({ at: now + ms, callback }),
      random: () => 0,
    },
    pass: async (ms) => {
      for (const end = now + ms; ; ) {
        for (let i = 0; i < 20; i++) await Promise.resolve()
        timers.sort((a, b) => a.at - b.at)
        const [next] = timers
        if (next === undefined || next.at > end) {
          now = end
          return
        }
        timers = timers.slice(1)
        now = next.at
        next.callback()
      }
    },
  }
}

test("the desk is asked at the start and every six hours, also after one that failed", async () => {
  const w = world()
  createListener(w.ports)
  await w.pass(19 * HOUR)
  expect(w.asked).toEqual([0, 6 * HOUR, 12 * HOUR, 18 * HOUR])
})

test("a while after everything was sent it is asked once, however often that was said, and then every six hours again", async () => {
  const w = world()
  const listener = createListener(w.ports)
  await listener.first
  await w.pass(HOUR)
  listener.allSent()
  listener.allSent()
  await w.pass(7 * HOUR)
  expect(w.asked).toEqual([0, HOUR + HOUR / 3, HOUR + HOUR / 3 + 6 * HOUR])
})
