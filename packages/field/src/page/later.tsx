import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"

/** A part of the page that is a file apart, fetched when it is first wanted: everybody waits for the shell, few for this. */
export function later<P extends object>(
  load: () => Promise<(props: P) => JSX.Element | null>,
): (props: P) => JSX.Element | null {
  let loaded: ((props: P) => JSX.Element | null) | null = null
  return function Later(props: P) {
    const [, come] = useState(loaded !== null)
    useEffect(() => {
      if (loaded !== null) return
      void load().then(
        (part) => {
          loaded = part
          come(true)
        },
        // Without a network and not yet kept: the page stays as it is, and the next time it is tried again.
        () => undefined,
      )
    }, [])
    const Part = loaded
    return Part === null ? null : <Part {...props} />
  }
}
