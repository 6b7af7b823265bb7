import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { type FilmProgress, filmFrames } from "../qr/film-frames.ts"
import type { Words } from "../words/index.ts"
import { formatCount } from "./format.ts"
import { Trouble } from "./trouble.tsx"

/** What another screen showed. */
export type QrObject =
  | { readonly kind: "cell"; readonly bytes: Uint8Array }
  | { readonly kind: "card" | "invitation"; readonly text: string }

/** Reads what another screen shows, with the camera. Pictures are looked at and dropped; nothing is stored. */
export function QrRead(props: {
  readonly words: Words
  /** Called for each object once. */
  readonly onObject: (object: QrObject) => void
  readonly onClosed: () => void
}): JSX.Element {
  const words = props.words.qr
  const video = useRef<HTMLVideoElement>(null)
  const [progress, setProgress] = useState<FilmProgress | null>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    read(video.current as HTMLVideoElement, setProgress, props.onObject, stop.signal).catch(() => {
      if (!stop.signal.aborted) setFailed(true)
    })
    return () => stop.abort()
  }, [])
  const last = progress?.last ?? null
  return (
    <div class="camera qr">
      {hasFailed ? (
        <Trouble text={words.noCamera} />
      ) : (
        <>
          <p>{words.aim}</p>
          <video ref={video} muted playsInline aria-label={words.seen} />
          <progress
            max={last?.need ?? 1}
            value={Math.min(last?.need ?? 1, last?.have ?? 0)}
            aria-label={words.piece}
          />
          <output>
            {last === null
              ? words.nothingYet
              : words.read(formatCount(last.have, props.words), formatCount(last.need, props.words))}
          </output>
        </>
      )}
      <button type="button" class="second" onClick={props.onClosed}>
        {words.close}
      </button>
    </div>
  )
}

async function read(
  video: HTMLVideoElement,
  onProgress: (progress: FilmProgress) => void,
  onObject: (object: QrObject) => void,
  signal: AbortSignal,
): Promise<void> {
  const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } }
  const stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false })
  try {
    if (signal.aborted) return
    video.srcObject = stream
    await video.play()
    for await (const { kind, object } of filmFrames(video, browser, onProgress, signal)) {
      if (kind === "cell") onObject({ kind, bytes: object })
      else onObject({ kind, text: new TextDecoder().decode(object) })
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

// What reading frames needs of them, without what sealing needs.
const browser = {
  sha256: async (bytes: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))),
  random: (byteLength: number): Uint8Array => crypto.getRandomValues(new Uint8Array(byteLength)),
}
