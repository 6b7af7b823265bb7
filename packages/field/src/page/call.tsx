import type { CallWithMaterial } from "@govah/core/bulletin"
import type { JSX } from "preact"
import { useEffect, useId, useRef, useState } from "preact/hooks"
import type { Words } from "../words/index.ts"
import { download } from "./download.ts"
import { formatDay, formatSize } from "./format.ts"
import { Said } from "./said.tsx"

/**
 * A call: when, where, what for, and what comes with it to show or print. The material is looked at when the call is
 * opened, not before, and leaves the page's own store only where somebody saves it.
 */
export function CallShown(props: { readonly said: CallWithMaterial; readonly words: Words }): JSX.Element {
  const { words } = props
  const { call, material } = props.said
  const [isOpen, setOpen] = useState(false)
  const to = call.to === null || call.to === call.from ? null : formatDay(call.to, words)
  return (
    <Said heading={call.title} kind={words.news.call} onToggle={setOpen}>
      <p>
        <strong>{words.news.when(formatDay(call.from, words), to)}</strong>
        <br />
        {call.places.length === 0 ? words.news.everywhere : <bdi>{call.places.join(words.news.comma)}</bdi>}
      </p>
      <p class="reply" dir="auto" lang={call.language}>
        {call.words}
      </p>
      {call.material !== null && isOpen && (
        <Material
          type={call.material.type}
          bytes={material}
          title={call.title}
          language={call.language}
          words={words}
        />
      )}
    </Said>
  )
}

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt" } as const

function Material(props: {
  readonly type: keyof typeof ENDINGS
  readonly bytes: Uint8Array
  readonly title: string
  readonly language: string
  readonly words: Words
}): JSX.Element {
  const { type, bytes, title, language, words } = props
  const [isBroken, setBroken] = useState(false)
  const note = useId()
  const file = (): Blob => new Blob([new Uint8Array(bytes)], { type })
  if (isBroken) return <p>{words.news.pictureBroken}</p>
  return (
    <div class="material">
      <h3>{words.news.material}</h3>
      {type === "text/plain" ? (
        <p class="reply" dir="auto" lang={language}>
          {new TextDecoder().decode(bytes)}
        </p>
      ) : (
        <Picture bytes={bytes} name={words.news.pictureOf(title)} onBroken={() => setBroken(true)} />
      )}
      <button
        type="button"
        class="second"
        aria-describedby={note}
        // A name that says nothing to whoever looks through the phone.
        onClick={() => download(`1.${ENDINGS[type]}`, file())}
      >
        {words.news.save(formatSize(bytes.length, words))}
      </button>
      <p class="note" id={note}>
        {words.news.saveNote}
      </p>
    </div>
  )
}

/** Draws a picture in memory: an image element would need an address for it, and the page's policy allows none. */
function Picture(props: {
  readonly bytes: Uint8Array
  readonly name: string
  readonly onBroken: () => void
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { bytes, onBroken } = props
  useEffect(() => {
    let gone = false
    createImageBitmap(new Blob([new Uint8Array(bytes)]), {
      resizeWidth: PICTURE_PIXELS,
      resizeQuality: "high",
    }).then(
      (bitmap) => {
        const target = canvas.current
        if (!gone && target !== null) {
          target.width = bitmap.width
          target.height = bitmap.height
          target.getContext("2d")?.drawImage(bitmap, 0, 0)
        }
        bitmap.close()
      },
      () => {
        if (!gone) onBroken()
      },
    )
    return () => {
      gone = true
    }
  }, [bytes])
  return (
    <figure aria-label={props.name}>
      <canvas ref={canvas} width={1} height={1} aria-hidden="true" />
    </figure>
  )
}

/** As wide as the page's column on a sharp screen. */
const PICTURE_PIXELS = 1_200
