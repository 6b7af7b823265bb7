/* oxlint-disable govah/no-traces -- holds the program and two notes about it, nothing of a person: the one store that sw.js can serve from */
import { type Signal, signal } from "@preact/signals"

/** True once the browser has found another `sw.js` than the one that it had when the page began. */
let found: Signal<boolean> | null = null

/**
 * Watches for another `sw.js`, from the first moment of the page: the browser looks for one by itself, soon after the page
 * is there, and may hand everything over to it at once. It is noted as an alarm before anybody has judged it: the page may be
 * closed before that, and what is served next time may be somebody else's. Calling it again gives the same.
 */
export function watchWorker(): Signal<boolean> {
  if (found !== null) return found
  const seen = (found = signal(false))
  begin(() => {
    if (seen.value) return
    seen.value = true
    void note()
  }).catch(() => undefined)
  return seen
}

async function begin(onFound: () => void): Promise<void> {
  const workers = (navigator as Partial<Navigator>).serviceWorker
  const registration = await workers?.getRegistration()
  if (workers === undefined || registration === undefined) return
  const first = registration.active
  const look = (): void => {
    const others = [registration.installing, registration.waiting, registration.active]
    if (first !== null && others.some((worker) => worker !== null && worker !== first)) onFound()
  }
  registration.addEventListener("updatefound", look)
  workers.addEventListener("controllerchange", look)
  look()
}

async function note(): Promise<void> {
  const notes = await caches.open("govah-notes")
  await notes.put("/alarm", new Response('"worker-changed"'))
}
