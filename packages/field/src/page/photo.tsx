import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Photo } from "../engine/photo.ts"
import type { Words } from "../words/index.ts"
import { Camera } from "./camera.tsx"
import { formatSize } from "./format.ts"

/** One photo: taken here, in memory alone, or a file that the phone already has. */
export function PhotoChooser(props: {
  readonly words: Words
  readonly photo: Photo | null
  readonly onPhoto: (photo: Photo | null, fromGallery: boolean) => void
}): JSX.Element {
  const { words, photo, onPhoto } = props
  const [camera, setCamera] = useState<"closed" | "open" | "failed">("closed")
  return (
    <fieldset>
      <legend>{words.photo.heading}</legend>
      {photo !== null && (
        <div class="chosen">
          <Preview photo={photo} />
          <output>
            {words.photo.chosen(formatSize(photo instanceof Uint8Array ? photo.length : photo.size, words))}
          </output>
          <button type="button" class="second" onClick={() => onPhoto(null, false)}>
            {words.photo.remove}
          </button>
        </div>
      )}
      {photo === null && camera === "open" && (
        <Camera
          words={words}
          onTaken={(bytes) => {
            setCamera("closed")
            onPhoto(bytes, false)
          }}
          onClosed={(failed) => setCamera(failed ? "failed" : "closed")}
        />
      )}
      {photo === null && camera !== "open" && (
        <div class="pair">
          <div>
            <button
              type="button"
              class="second"
              aria-describedby="take-note"
              onClick={() => setCamera("open")}
            >
              {words.photo.take}
            </button>
            <p class="note" id="take-note">
              {camera === "failed" ? words.photo.noCamera : words.photo.takeNote}
            </p>
          </div>
          <div>
            <label class="button second">
              <input
                type="file"
                accept="image/*"
                autocomplete="off"
                aria-describedby="choose-note"
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0]
                  if (file !== undefined) onPhoto(file, true)
                }}
              />
              <span>{words.photo.choose}</span>
            </label>
            <p class="note" id="choose-note">
              {words.photo.chooseNote}
            </p>
          </div>
        </div>
      )}
    </fieldset>
  )
}

/** Draws the photo small, in memory: an image element would need an address for it. */
function Preview({ photo }: { readonly photo: Photo }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let gone = false
    const source =
      photo instanceof Uint8Array ? new Blob([new Uint8Array(photo)]) : (photo as unknown as Blob)
    createImageBitmap(source, { resizeHeight: PREVIEW_PIXELS, resizeQuality: "medium" }).then(
      (bitmap) => {
        const target = canvas.current
        if (!gone && target !== null) {
          target.width = bitmap.width
          target.height = bitmap.height
          target.getContext("2d")?.drawImage(bitmap, 0, 0)
        }
        bitmap.close()
      },
      // Not every phone's format can be drawn here. It can be sealed all the same.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [photo])
  return <canvas ref={canvas} width={1} height={1} aria-hidden="true" />
}

const PREVIEW_PIXELS = 120
