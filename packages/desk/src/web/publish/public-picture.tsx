import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { getBytes } from "../model/client.ts"

/** A copy made for the public, from memory. */
export function PublicPicture(props: { readonly sha256: string; readonly caption: string }): JSX.Element {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    let made: string | null = null
    getBytes(`/api/pictures/${props.sha256}`, abort.signal, () => {}).then(
      (bytes) => {
        if (abort.signal.aborted) return
        made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }))
        setUrl(made)
      },
      // A picture that does not load leaves its caption, and the checklist says what is wrong.
      () => {},
    )
    return () => {
      abort.abort()
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [props.sha256])
  return (
    <figure class="public-picture">
      {url !== null && <img src={url} alt={props.caption} />}
      <figcaption>{props.caption}</figcaption>
    </figure>
  )
}
