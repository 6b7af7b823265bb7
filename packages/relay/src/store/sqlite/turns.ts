/** Runs pieces of work one after another, in the order in which they were asked for. */
export type Turns = <T>(work: () => T | Promise<T>) => Promise<T>

/** One piece may wait for the disk in its middle; nothing else reads or writes the store meanwhile. */
export function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

/** The same object, each of whose methods waits for its turn. */
export function inTurn<T extends object>(turns: Turns, methods: T): T {
  const entries = Object.entries(methods) as [string, (...args: unknown[]) => Promise<unknown>][]
  return Object.fromEntries(
    entries.map(([name, method]) => [name, async (...args: unknown[]) => await turns(() => method(...args))]),
  ) as T
}
