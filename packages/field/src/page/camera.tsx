import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Words } from "../words/index.ts"
import { closeDevice, DeviceError, type DeviceTrouble, openDevice } from "./device.ts"
import { formatCount } from "./format.ts"
import { jpegOf } from "./thumbnail.ts"

/**
 * The camera inside the page: the picture goes from the sensor into memory and is never a file. It is drawn, not asked
 * of the camera as a photo: so it carries nothing but what is seen, and makes no noise.
 */
export function Camera(props: {
  readonly words: Words
  /** Whoever keeps the report waits for it. @returns when the photo is part of it. */
  readonly onTaken: (taking: Promise<Uint8Array | null>) => Promise<void>
  readonly onClosed: (trouble: DeviceTrouble | null) => void
  /** Whether no further photo fits in. */
  readonly isFull: boolean
}): JSX.Element {
  const { words, onClosed } = props
  const video = useRef<HTMLVideoElement>(null)
  const [taken, setTaken] = useState(0)
  useEffect(() => {
    let stream: MediaStream | null = null
    let gone = false
    openDevice("photo", false).then(
      (opened) => {
        if (gone) return closeDevice(opened.stream)
        stream = opened.stream
        if (video.current !== null) video.current.srcObject = stream
      },
      (error: unknown) => {
        if (!gone) onClosed(error instanceof DeviceError ? error.trouble : "none")
      },
    )
    return () => {
      gone = true
      if (stream !== null) closeDevice(stream)
    }
  }, [])

  async function shoot(): Promise<void> {
    const source = video.current
    if (source === null || source.videoWidth === 0) return
    const canvas = document.createElement("canvas")
    canvas.width = source.videoWidth
    canvas.height = source.videoHeight
    canvas.getContext("2d")?.drawImage(source, 0, 0)
    const taking = jpegOf(canvas, 0.9)
    await props.onTaken(taking)
    if ((await taking) === null) return onClosed("cannot")
    setTaken((before) => before + 1)
  }

  return (
    <div class="camera">
      <video ref={video} autoPlay muted playsInline aria-label={words.media.photo} />
      <output class="note">{taken === 0 ? "" : words.media.taken(formatCount(taken, words))}</output>
      <button type="button" class="main shutter" disabled={props.isFull} onClick={() => void shoot()}>
        {words.media.shoot}
      </button>
      <button type="button" class="second" onClick={() => onClosed(null)}>
        {words.media.close}
      </button>
    </div>
  )
}
