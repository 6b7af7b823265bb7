import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import type { QrFrames } from "../engine/qr-frames.ts"
import { askForFile } from "./entry.tsx"
import { formatCount } from "./format.ts"
import { lazy } from "./lazy.tsx"
import type { QrObject } from "./qr-read.tsx"
import type { State } from "./state.ts"

const QrShow = lazy(async () => (await import("./qr-show.tsx")).QrShow)
const QrRead = lazy(async () => (await import("./qr-read.tsx")).QrRead)

/** The roads without a network: files for a carrier and from one, and pictures from screen to camera. */
export function Carry({ state, waits }: { readonly state: State; readonly waits: boolean }): JSX.Element {
  const all = state.words.value
  const words = all.carry
  const busy = state.busy.value
  const carried = state.carried.value
  const next = state.carriedNext.value
  const chooser = useRef<HTMLInputElement | null>(null)
  const [shown, setShown] = useState<QrFrames | null>(null)
  const [isReading, setReading] = useState(false)

  function choose(): void {
    chooser.current = askForFile((file) => void state.openFile(file))
  }

  return (
    <>
      <div class="row">
        {waits && (
          <button type="button" class="second" disabled={busy !== null} onClick={() => void state.saveFile()}>
            {busy === "saving"
              ? words.saving
              : next === null
                ? words.save
                : words.saveNext(formatCount(next.part + 1, all), formatCount(next.parts, all))}
          </button>
        )}
        <button type="button" class="second" disabled={busy !== null} onClick={choose}>
          {busy === "opening" ? words.opening : words.open}
        </button>
        {waits && (
          <button
            type="button"
            class="second"
            disabled={busy !== null}
            onClick={() => void state.qrFrames().then(setShown)}
          >
            {all.qr.show}
          </button>
        )}
        <button type="button" class="second" onClick={() => setReading(true)}>
          {all.qr.readOther}
        </button>
      </div>
      <output>{carried === null ? "" : words.outcome[carried]}</output>
      {shown !== null && (
        <QrShow words={all} shown={shown} onClosed={() => setShown(null)} failed={all.qr.failed} />
      )}
      {isReading && <Collect state={state} onClosed={() => setReading(false)} />}
    </>
  )
}

/** Sealed pieces from another screen lie in memory, until somebody saves them or closes this. */
function Collect({ state, onClosed }: { readonly state: State; readonly onClosed: () => void }): JSX.Element {
  const words = state.words.value
  const cells = useRef<Uint8Array[]>([])
  const [count, setCount] = useState(0)
  const [isSaved, setSaved] = useState(false)

  function take(object: QrObject): void {
    if (object.kind !== "cell") return void state.readText(object)
    cells.current.push(object.bytes)
    setCount(cells.current.length)
    setSaved(false)
  }

  return (
    <>
      <QrRead words={words} onObject={take} onClosed={onClosed} failed={words.qr.failed} />
      {count > 0 && (
        <>
          <output>{isSaved ? words.qr.savedCollected : words.qr.collected(formatCount(count, words))}</output>
          <button
            type="button"
            class="main"
            disabled={state.busy.value !== null}
            onClick={() => void state.saveCells(cells.current).then(setSaved)}
          >
            {words.qr.saveCollected}
          </button>
        </>
      )}
    </>
  )
}
