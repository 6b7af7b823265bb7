import { effect, signal } from "@preact/signals"
import { render } from "preact"
import { App } from "./app.tsx"
import { nameApp } from "./app-manifest.ts"
import { type Appearance, readAppearance, writeAppearance } from "./appearance.ts"
import { type AutoLock, createAutoLock } from "./auto-lock.ts"
import { blankWhenLeft } from "./blank.ts"
import { removeClear } from "./clear-folder.ts"
import { NOTES_FILE } from "./cover/names.ts"
import { pageBox } from "./box/page-box.ts"
import { startEngine } from "./engine.ts"
import { onThreeEscapes } from "./escapes.ts"
import { loadFonts } from "./fonts.ts"
import { glanceAtLock } from "./lock-glance.ts"
import { createShell } from "./shell.ts"
import { createState, type State } from "./state.ts"

/** What stands in the place, until it is taken down. */
interface Scene {
  /** Null where it is the cover, which hides nothing by being seen. */
  readonly autoLock: AutoLock | null
  readonly takeDown: () => void
}
const NOTHING: Scene = { autoLock: null, takeDown: () => undefined }

/**
 * Puts the cover into the place or, where none was chosen, the app, and lets one follow the other. The app is not even
 * begun before somebody has come past the cover.
 *
 * @param fromLink - an invitation that came with the link, or empty. It leads past the cover: whoever has one has asked.
 * @returns opens an invitation that comes later.
 */
export async function openStage(place: HTMLElement, fromLink: string): Promise<(link: string) => void> {
  const [found, seen] = await Promise.all([
    readAppearance(),
    // What a file carries with it is not on this device.
    pageBox() === null ? glanceAtLock() : null,
  ])
  const appearance = signal(found)
  place.replaceChildren()
  effect(() => nameApp(appearance.value.cover))
  let state: State | null = null
  let scene: Scene = NOTHING
  let scenes = 0
  let leftAt = 0

  function put(next: () => Scene): void {
    scene.takeDown()
    scenes += 1
    scene = next()
  }
  function openApp(link: string): void {
    put(() => {
      const shown = (state ??= createState(
        startEngine(pageBox()?.lend),
        { fromLink: link, lock: seen },
        createShell({ appearance, choose, lock, wipe: () => void wipe() }),
      ))
      const still = effect(() => {
        document.documentElement.lang = shown.words.value.language
        document.documentElement.dir = shown.words.value.direction
        if (shown.words.value.direction === "rtl") loadFonts()
      })
      const autoLock = createAutoLock({
        minutes: () => appearance.value.lockMinutes,
        mayLock: () =>
          shown.lock.state.value === "open" &&
          !shown.shell.isRecording.value &&
          shown.busy.value !== "keeping",
        lock,
      })
      render(<App state={shown} />, place)
      return {
        autoLock,
        takeDown: () => {
          autoLock.stop()
          still()
          render(null, place)
        },
      }
    })
  }
  async function openFirst(): Promise<void> {
    const { cover, language } = appearance.value
    if (cover === null) return openApp("")
    put(() => NOTHING)
    const number = scenes
    // Where it cannot be fetched the app is better than nothing.
    const { showCover } = await import("./cover/cover.tsx").catch(() => ({ showCover: null }))
    if (number !== scenes) return
    if (showCover === null) return openApp("")
    put(() => ({ autoLock: null, takeDown: showCover(place, cover, language, () => openApp("")) }))
  }
  function lock(): void {
    state?.lock.lockNow()
    // Nothing that was open stands there any more, with a cover or without.
    scenes += 1
    if (appearance.value.cover !== null) void openFirst()
  }
  async function wipe(): Promise<void> {
    const wiped = state
    if (wiped === null || scene === NOTHING) return
    // Nothing stands there from now on, however long the rest takes.
    put(() => NOTHING)
    const isDone = await wiped.lock.wipe().then(
      () => true,
      () => false,
    )
    await removeClear(NOTES_FILE)
    // What the key was is destroyed before all else. Where even that fails, a person has to know.
    wiped.failure.value = isDone ? null : "unknown"
    if (isDone) await openFirst()
    else openApp("")
  }
  async function choose(part: Partial<Appearance>): Promise<boolean> {
    appearance.value = { ...appearance.value, ...part }
    return await writeAppearance(appearance.value)
  }

  blankWhenLeft({
    place,
    words: () => state?.words.value.shell.blank.show ?? "",
    isWanted: () => scene.autoLock !== null,
    onLeft: () => {
      leftAt = scenes
    },
    onBack: () => {
      scene.autoLock?.back()
      return leftAt !== scenes
    },
  })
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(kind, () => scene.autoLock?.touch(), { capture: true, passive: true })
  }
  onThreeEscapes(document, () => {
    if (scene.autoLock !== null) void wipe()
  })
  if (fromLink === "") await openFirst()
  else openApp(fromLink)
  return (link) => {
    const standing = state
    if (standing === null || scene.autoLock === null) openApp(link)
    if (standing !== null) void standing.openLink(link)
  }
}
