import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"

/** Draws a small picture in memory: an image element would need an address for it. */
export function ThumbnailShown({ jpeg }: { readonly jpeg: Uint8Array }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let gone = false
    createImageBitmap(new Blob([new Uint8Array(jpeg)])).then(
      (bitmap) => {
        const target = canvas.current
        if (!gone && target !== null) {
          target.width = bitmap.width
          target.height = bitmap.height
          target.getContext("2d")?.drawImage(bitmap, 0, 0)
        }
        bitmap.close()
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [jpeg])
  return <canvas ref={canvas} width={1} height={1} aria-hidden="true" />
}
