import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { drawFrame } from "../forms/redraw.ts"
import { words } from "../words/words.ts"

// Phones record 25 to 30 frames a second; a step of a thirtieth passes over none of them unseen.
const FRAME_SECONDS = 1 / 30

/** A video in memory, and a button that takes the frame it shows as a still. A video itself is never published here. */
export function VideoView(props: {
  readonly url: string
  readonly name: string
  readonly failed: () => void
  readonly choose: (jpeg: Blob) => void
}): JSX.Element {
  const { media } = words.value
  const ref = useRef<HTMLVideoElement>(null)
  function step(seconds: number): void {
    const video = ref.current
    if (video === null) return
    video.pause()
    video.currentTime = Math.max(0, video.currentTime + seconds)
  }
  async function choose(): Promise<void> {
    const video = ref.current
    if (video === null || video.videoWidth === 0) return
    video.pause()
    props.choose(await drawFrame(video))
  }
  return (
    <figure>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a witness's recording has none */}
      <video
        ref={ref}
        controls
        playsInline
        preload="auto"
        src={props.url}
        aria-label={props.name}
        onError={props.failed}
      />
      <figcaption>
        <span class="buttons">
          <button type="button" class="quiet" onClick={() => step(-FRAME_SECONDS)}>
            {media.before}
          </button>
          <button type="button" class="quiet" onClick={() => step(FRAME_SECONDS)}>
            {media.after}
          </button>
          <button type="button" class="make-copy" onClick={() => void choose()}>
            {media.choose} <kbd>m</kbd>
          </button>
        </span>
      </figcaption>
    </figure>
  )
}
