import { expect, test } from "vitest"
import { createCourier, type CourierWorld, type Overheard, type QueueShown, type Tried } from "./courier.ts"

const SOME = { acknowledged: 1, total: 4 }

/** One world of tabs: a queue of tries that a test answers by hand, a clock that it moves, a lock that all share. */
function world(): {
  open(): { courier: ReturnType<typeof createCourier>; shown: QueueShown[]; tries: Try[] }
  wait(ms: number): Promise<void>
  state: { isAllSent: boolean; isPaused: boolean; cuts: number; underWay: number; most: number }
  last: (tab: { shown: QueueShown[] }) => string | undefined
} {
  const state = { isAllSent: false, isPaused: false, cuts: 0, underWay: 0, most: 0 }
  let now = 0
  let timers: { at: number; callback: () => void }[] = []
  let holder: Promise<unknown> | null = null
  const tabs: { courier: ReturnType<typeof createCourier> }[] = []

  function open(): { courier: ReturnType<typeof createCourier>; shown: QueueShown[]; tries: Try[] } {
    const shown: QueueShown[] = []
    const tries: Try[] = []
    const tellOthers = (what: Overheard): void => {
      for (const other of tabs) if (other !== mine) other.courier.overhear(what)
    }
    const ports: CourierWorld = {
      standing: async () => ({ isAllSent: state.isAllSent, delivered: SOME }),
      send: (isStopped) =>
        new Promise((answer) => {
          state.most = Math.max(state.most, ++state.underWay)
          tries.push({
            isStopped,
            end: (tried) => {
              state.underWay--
              answer(tried)
            },
          })
        }),
      cut: () => state.cuts++,
      oneAtATime: async (work, onOther) => {
        while (holder !== null) {
          onOther()
          await holder
        }
        const mine = work()
        holder = mine.finally(() => {
          holder = null
        })
        return await mine
      },
      readPaused: async () => state.isPaused,
      writePaused: async (to) => void (state.isPaused = to),
      later: (ms, callback) => void timers.push({ at: now + ms, callback }),
      random: () => 0,
      show: (queue) => shown.push(queue),
      tellOthers,
      failureOf: () => "unknown",
    }
    const mine = { courier: createCourier(ports), shown, tries }
    tabs.push(mine)
    return mine
  }

  return {
    open,
    state,
    last: ({ shown }) => shown.at(-1)?.state,
    wait: async (ms) => {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { callback } of due) callback()
      await settled()
    },
  }
}

interface Try {
  isStopped(): boolean
  end(tried: Tried): void
}
const FAILED: Tried = { isAllSent: false, failures: ["unreachable"] }
const DONE: Tried = { isAllSent: true, failures: [] }

/** Until nothing moves any more by itself. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}

test("it begins by itself, waits longer after each failure, and says that it goes on alone", async () => {
  const w = world()
  const tab = w.open()
  await settled()
  expect([w.last(tab), tab.tries.length]).toEqual(["sending", 1])
  tab.tries[0]?.end(FAILED)
  await settled()
  expect(tab.shown.at(-1)).toEqual({ state: "waiting", delivered: SOME, failures: ["unreachable"] })
  await w.wait(4_999)
  expect(tab.tries.length).toBe(1)
  await w.wait(1)
  expect(tab.tries.length).toBe(2)
  tab.tries[1]?.end(FAILED)
  await settled()
  await w.wait(9_999)
  expect(tab.tries.length).toBe(2)
  await w.wait(1)
  expect(tab.tries.length).toBe(3)
  w.state.isAllSent = true
  tab.tries[2]?.end(DONE)
  await settled()
  expect(w.last(tab)).toBe("idle")
})

test("the network that comes back is not waited for, and the waits begin anew", async () => {
  const w = world()
  const tab = w.open()
  for (let i = 0; i < 6; i++) {
    await settled()
    tab.tries[i]?.end(FAILED)
    await settled()
    await w.wait(1_000_000)
  }
  tab.tries[6]?.end(FAILED)
  await settled()
  tab.courier.nudge()
  await settled()
  // While one is under way it changes nothing.
  tab.courier.nudge()
  expect([tab.tries.length, tab.tries[7]?.isStopped()]).toEqual([8, false])
  tab.tries[7]?.end(FAILED)
  await settled()
  await w.wait(5_000)
  expect(tab.tries.length).toBe(9)
})

test("other roads: what is under way is cut in whichever tab it is, and begins anew by those that may be used", async () => {
  const w = world()
  const [sending, hearing] = [w.open(), w.open()]
  await settled()
  const [first] = sending.tries
  expect([first?.isStopped(), w.state.cuts]).toEqual([false, 0])
  // The tab that hears is not the one that sends. What is cut must find that it was stopped, or it is tried again.
  hearing.courier.rerouted()
  expect([first?.isStopped(), w.state.cuts]).toEqual([true, 2])
  first?.end(FAILED)
  await settled()
  expect([sending, hearing].flatMap(({ shown }) => shown.map(({ state }) => state))).not.toContain("waiting")
  expect(sending.tries.length + hearing.tries.length).toBe(2)
  // One that was stopped by a person stays stopped.
  await sending.courier.pause()
  hearing.courier.rerouted()
  await settled()
  for (const tab of [sending, hearing]) tab.tries.at(-1)?.end(FAILED)
  await settled()
  expect([w.last(sending), w.last(hearing), sending.tries.length + hearing.tries.length]).toEqual([
    "paused",
    "paused",
    2,
  ])
})

test("what is kept while a film is being sent stops the film between two requests, and the queue is made anew", async () => {
  const w = world()
  const tab = w.open()
  await settled()
  expect(tab.tries[0]?.isStopped()).toBe(false)
  tab.courier.wake()
  expect([tab.tries[0]?.isStopped(), w.state.cuts]).toEqual([true, 0])
  tab.tries[0]?.end(FAILED)
  await settled()
  // No pause, and no failure shown: nothing failed.
  expect(tab.tries.length).toBe(2)
  expect(tab.shown.some(({ state }) => state === "waiting")).toBe(false)
})

test("paused, what is under way is cut and no try begins, whatever wakes it, over a restart too", async () => {
  const w = world()
  const tab = w.open()
  await settled()
  await tab.courier.pause()
  expect([tab.tries[0]?.isStopped(), w.state.cuts]).toEqual([true, 1])
  tab.tries[0]?.end(FAILED)
  await settled()
  expect(w.last(tab)).toBe("paused")
  tab.courier.wake()
  tab.courier.nudge()
  await w.wait(10_000_000)
  expect(tab.tries.length).toBe(1)
  const again = w.open()
  await settled()
  expect([w.last(again), again.tries.length]).toEqual(["paused", 0])
  await again.courier.resume()
  await settled()
  expect(again.tries.length + tab.tries.length).toBe(2)
})

test("of two tabs one sends; the other shows it, wakes it, stops it, and does not send again what went", async () => {
  const w = world()
  const [one, two] = [w.open(), w.open()]
  await settled()
  expect([w.last(one), w.last(two)]).toEqual(["sending", "elsewhere"])
  expect([one.tries.length, two.tries.length]).toEqual([1, 0])
  two.courier.wake()
  expect(one.tries[0]?.isStopped()).toBe(true)
  one.tries[0]?.end(FAILED)
  await settled()
  const running = [...one.tries, ...two.tries].at(-1) as Try
  w.state.isAllSent = true
  running.end(DONE)
  await settled()
  expect([w.last(one), w.last(two), one.tries.length + two.tries.length]).toEqual(["idle", "idle", 2])
  expect(w.state.most).toBe(1)
})
