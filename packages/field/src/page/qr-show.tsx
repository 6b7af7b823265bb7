import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { QrFrames } from "../engine/qr-frames.ts"
import { showFrames } from "../qr/show-frames.ts"
import type { Words } from "../words/index.ts"
import { Choice } from "./entry.tsx"
import { formatCount } from "./format.ts"

/** Seconds that one piece takes by hand at ten pictures a second: measured with a film, and half as much again. */
const SECONDS_A_CELL = 5

const SPEEDS = { slow: 4, fast: 10 } as const

/** What waits, as pictures that change: another phone films them. Nothing moves before a person says so. */
export function QrShow(props: {
  readonly words: Words
  readonly shown: QrFrames
  readonly onClosed: () => void
}): JSX.Element {
  const words = props.words.qr
  const { frames, cells, parcels, left } = props.shown
  const canvas = useRef<HTMLCanvasElement>(null)
  const [speed, setSpeed] = useState<keyof typeof SPEEDS>("fast")
  const [isGoing, setGoing] = useState(false)
  useEffect(() => {
    if (!isGoing || canvas.current === null) return
    const stop = new AbortController()
    void showFrames(canvas.current, frames, SPEEDS[speed], stop.signal)
    return () => stop.abort()
  }, [isGoing, speed])
  const seconds = Math.ceil((cells * SECONDS_A_CELL * SPEEDS.fast) / SPEEDS[speed] / 5) * 5
  const count = (of: number): string => formatCount(of, props.words)
  return (
    <div class="qr">
      {frames.length === 0 ? (
        <p>{words.tooLarge}</p>
      ) : (
        <>
          <p>{words.shows(count(parcels), count(cells), count(seconds))}</p>
          {left > 0 && <p class="note">{words.left(count(left))}</p>}
          <p class="note">{words.flickers}</p>
          <canvas ref={canvas} aria-label={words.picture} hidden={!isGoing} />
          <Choice name="speed" choices={words.speeds} chosen={speed} onChoose={setSpeed} />
          <button type="button" class="main" onClick={() => setGoing(!isGoing)}>
            {isGoing ? words.stop : words.start}
          </button>
        </>
      )}
      <button type="button" class="second" onClick={props.onClosed}>
        {words.close}
      </button>
    </div>
  )
}
