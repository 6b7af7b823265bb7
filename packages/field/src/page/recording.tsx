import type { JSX, RefObject } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Failure } from "../engine/failure.ts"
import type { Words } from "../words/index.ts"
import { type Capture, type CaptureShown, type RecordingPort, startCapture } from "./capture.ts"
import { closeDevice, DeviceError, type DeviceTrouble, type OpenedDevice, openDevice } from "./device.ts"
import { FailureError } from "./engine.ts"
import { formatSize, formatTime } from "./format.ts"
import type { Recorded } from "./report-media.ts"
import { thumbnailOf } from "./thumbnail.ts"
import { Trouble } from "./trouble.tsx"

/** What a recording came to: nothing where not a byte was recorded, or it could not begin. */
export interface RecordingEnd {
  readonly recorded: Recorded | null
  readonly failure: Failure | null
  readonly trouble: DeviceTrouble | null
}

/** Video or sound, recorded in the page and sealed as it is recorded. */
export function Recording(props: {
  readonly words: Words
  readonly kind: "video" | "sound"
  readonly port: RecordingPort
  /** Set while it goes on, so that the page's own button can end it. */
  readonly live: RefObject<(() => Promise<Recorded | null>) | null>
  readonly onLive: (isLive: boolean) => void
  /** Null where it was closed before it began. */
  readonly onEnd: (end: RecordingEnd | null) => void
}): JSX.Element {
  const { words, kind } = props
  const video = useRef<HTMLVideoElement>(null)
  const [device, setDevice] = useState<OpenedDevice | null>(null)
  const [withSound, setWithSound] = useState(true)
  const [isStarting, setStarting] = useState(false)
  const [shown, setShown] = useState<CaptureShown | null>(null)
  const [isDark, setDark] = useState(false)
  const capture = useRef<Capture | null>(null)

  useEffect(() => {
    let gone = false
    let opened: OpenedDevice | null = null
    openDevice(kind, withSound).then(
      (one) => {
        if (gone) return closeDevice(one.stream)
        opened = one
        if (video.current !== null) video.current.srcObject = one.stream
        setDevice(one)
      },
      (error: unknown) => {
        if (!gone) props.onEnd({ recorded: null, failure: null, trouble: troubleOf(error) })
      },
    )
    return () => {
      gone = true
      setDevice(null)
      // Leaving in the middle: what was recorded until now is sealed, and stays.
      void capture.current?.stop()
      if (opened !== null) closeDevice(opened.stream)
    }
  }, [withSound])

  async function start({ stream, isSilent }: OpenedDevice): Promise<void> {
    setStarting(true)
    try {
      const going = await startCapture(kind, stream, props.port, setShown)
      capture.current = going
      let thumbnail: Uint8Array | null = null
      const picture = video.current
      if (picture !== null) {
        void thumbnailOf(picture, picture.videoWidth, picture.videoHeight).then(
          (drawn) => (thumbnail = drawn),
        )
      }
      const end = going.ended.then(({ bytes, seconds, failure }) => {
        props.live.current = null
        const hasSound = kind === "sound" || (withSound && !isSilent)
        const recorded = bytes === 0 ? null : { kind, bytes, seconds, hasSound, thumbnail }
        props.onLive(false)
        props.onEnd({ recorded, failure, trouble: null })
        return recorded
      })
      props.live.current = async () => {
        await going.stop()
        return await end
      }
      props.onLive(true)
    } catch (error) {
      const failure = error instanceof FailureError ? error.failure : null
      props.onEnd({ recorded: null, failure, trouble: failure === null ? troubleOf(error) : null })
    }
  }

  const { recording } = words
  const isLive = shown !== null
  return (
    <div class={isDark ? "recording dark" : "recording"}>
      {kind === "video" && <video ref={video} autoPlay muted playsInline aria-label={recording.video} />}
      {!isLive && (
        <>
          {kind === "video" && (
            <label class="choice lone">
              <input
                type="checkbox"
                autocomplete="off"
                checked={withSound}
                onChange={() => setWithSound(!withSound)}
              />
              <span>{recording.withSound}</span>
            </label>
          )}
          {device?.isSilent === true && <Trouble text={words.device.silent} />}
          <button
            type="button"
            class="main shutter"
            disabled={device === null || isStarting}
            onClick={() => device !== null && void start(device)}
          >
            {recording.start[kind]}
          </button>
          <p class="note">{recording.draft}</p>
          <button type="button" class="second" disabled={isStarting} onClick={() => props.onEnd(null)}>
            {words.media.close}
          </button>
        </>
      )}
      {isLive && (
        <>
          <p class="live">
            <strong>{recording.live[kind]}</strong>{" "}
            <span role="timer">
              <bdi>{recording.soFar(formatTime(shown.seconds, words), formatSize(shown.bytes, words))}</bdi>
            </span>
          </p>
          <button type="button" class="main stop" onClick={() => void capture.current?.stop()}>
            {recording.stop}
          </button>
          <output class="note">
            {shown.sealing === "paused"
              ? recording.paused
              : shown.sealing === "behind"
                ? recording.behind
                : recording.sealedAsItGoes}
          </output>
          {isDark ? (
            <button type="button" class="curtain" onClick={() => setDark(false)}>
              {recording.undim}
            </button>
          ) : (
            <button type="button" class="second" onClick={() => setDark(true)}>
              {recording.dim}
            </button>
          )}
        </>
      )}
    </div>
  )
}

function troubleOf(error: unknown): DeviceTrouble {
  return error instanceof DeviceError ? error.trouble : "cannot"
}
