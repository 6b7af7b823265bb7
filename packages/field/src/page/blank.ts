/** What is asked of whoever uses it. */
export interface BlankPorts {
  /** What is taken out of the document while the page is left. It must have a parent. */
  readonly place: HTMLElement
  /** The words of the one button that then stands there; they name nothing. */
  readonly words: () => string
  /** Whether there is anything to hide: a cover hides nothing by showing itself. */
  readonly isWanted: () => boolean
  /** The page is no longer looked at. */
  readonly onLeft: () => void
  /** It is looked at again. True where something that hides nothing (a lock) now stands in the place: then no tap is asked for. */
  readonly onBack: () => boolean
}

/**
 * Takes everything out of the document as soon as the page is left, and puts the same elements back when a person is
 * there again: what was typed, chosen or recorded goes on in them meanwhile, outside of the document and of what
 * assistive technology sees.
 *
 * Where only the focus went elsewhere (a prompt, the notifications, another window) it comes back by itself; where the
 * page was out of sight it waits for a tap, because whoever brings it back need not be whoever left it. The system may
 * take its picture of the page before it tells the page: see the decision on covers.
 *
 * @returns stops watching, and shows what is hidden.
 */
export function blankWhenLeft(ports: BlankPorts): () => void {
  let hidden: Hidden | null = null
  let wasOutOfSight = false

  function leave(outOfSight: boolean): void {
    if (hidden === null) {
      if (!ports.isWanted()) return
      hidden = hide(ports.place)
      ports.onLeft()
    }
    if (outOfSight && !wasOutOfSight) {
      wasOutOfSight = true
      hidden.ask(ports.words(), show)
    }
  }
  function comeBack(): void {
    if (hidden === null || document.visibilityState === "hidden") return
    const isSafe = ports.onBack()
    if (isSafe || !wasOutOfSight) show()
    else hidden.focus()
  }
  function show(): void {
    hidden?.show()
    hidden = null
    wasOutOfSight = false
  }

  const watched = new AbortController()
  const { signal } = watched
  const onVisibility = (): void => {
    if (document.visibilityState === "hidden") leave(true)
    else comeBack()
  }
  document.addEventListener("visibilitychange", onVisibility, { signal })
  addEventListener("pagehide", () => leave(true), { signal })
  document.addEventListener("freeze", () => leave(true), { signal })
  addEventListener("pageshow", comeBack, { signal })
  addEventListener("focus", comeBack, { signal })
  addEventListener(
    "blur",
    () => {
      if (!isPicking()) leave(false)
    },
    { signal },
  )
  return () => {
    watched.abort()
    show()
  }
}

interface Hidden {
  ask(words: string, onTap: () => void): void
  focus(): void
  show(): void
}

function hide(place: HTMLElement): Hidden {
  const blank = document.createElement("div")
  blank.className = "blank"
  const focused = document.activeElement
  const top = scrollY
  place.replaceWith(blank)
  return {
    ask: (words, onTap) => {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = words
      button.addEventListener("click", onTap)
      blank.append(button)
    },
    focus: () => blank.querySelector("button")?.focus(),
    show: () => {
      blank.replaceWith(place)
      scrollTo(0, top)
      if (focused instanceof HTMLElement && place.contains(focused)) focused.focus({ preventScroll: true })
      // An element that leaves the document stops its film; what the camera sees was still being taken.
      for (const film of place.querySelectorAll("video")) {
        if (film.autoplay && film.srcObject !== null) film.play().catch(() => undefined)
      }
    },
  }
}

/** A list or a choice of files that is open takes the focus too, and would close if its element went. */
function isPicking(): boolean {
  const element = document.activeElement
  return (
    element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && element.type === "file")
  )
}
