import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { Words } from "../words/index.ts"

/** The camera inside the page: the picture goes from the sensor into memory and is never a file. */
export function Camera(props: {
  readonly words: Words
  readonly onTaken: (jpeg: Uint8Array) => void
  readonly onClosed: (failed: boolean) => void
}): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const { onClosed } = props
  useEffect(() => {
    let stream: MediaStream | null = null
    let gone = false
    open().then(
      (opened) => {
        if (gone) return stop(opened)
        stream = opened
        if (video.current !== null) video.current.srcObject = opened
      },
      () => {
        if (!gone) onClosed(true)
      },
    )
    return () => {
      gone = true
      if (stream !== null) stop(stream)
    }
  }, [])

  async function shoot(): Promise<void> {
    const source = video.current
    if (source === null || source.videoWidth === 0) return
    const canvas = document.createElement("canvas")
    canvas.width = source.videoWidth
    canvas.height = source.videoHeight
    canvas.getContext("2d")?.drawImage(source, 0, 0)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9))
    if (blob === null) return onClosed(true)
    props.onTaken(new Uint8Array(await blob.arrayBuffer()))
  }

  return (
    <div class="camera">
      <video ref={video} autoPlay muted playsInline aria-label={props.words.photo.heading} />
      <button type="button" class="main" onClick={() => void shoot()}>
        {props.words.photo.shoot}
      </button>
      <button type="button" class="second" onClick={() => onClosed(false)}>
        {props.words.photo.stop}
      </button>
    </div>
  )
}

async function open(): Promise<MediaStream> {
  const video = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } }
  return await navigator.mediaDevices.getUserMedia({ video, audio: false })
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
