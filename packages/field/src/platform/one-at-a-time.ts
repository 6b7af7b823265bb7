/**
 * Does a piece of work that only one tab of the app does at a time, after those in other tabs that came first.
 *
 * @param onOther - told where another tab is at it, and this one waits.
 */
export async function oneAtATime<T>(
  name: string,
  work: () => Promise<T>,
  onOther: () => void = () => {},
): Promise<T> {
  // A page without an origin has no locks, and shares nothing with another tab.
  if (origin === "null") return await work()
  const lock = `govah-${name}`
  const first = await navigator.locks.request(lock, { ifAvailable: true }, async (held) =>
    held === null ? null : { done: await work() },
  )
  if (first !== null) return first.done
  onOther()
  return await navigator.locks.request(lock, work)
}
