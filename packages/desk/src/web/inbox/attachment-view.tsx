import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import type { ReportView } from "../../desk.ts"
import { ClientError, getBytes } from "../model/client.ts"
import { edit } from "../model/editing.ts"
import { Dialog } from "../parts/dialog.tsx"
import { language, words } from "../words/words.ts"
import { size } from "../words/time.ts"
import { mediaKind } from "./media-kind.ts"
import { VideoView } from "./video-view.tsx"

// Opened without being asked for up to here; beyond it only on a click.
const AUTOMATIC_BYTES = 24_000_000
// A browser may page longer bodies out of memory to a file, in clear.
const MAX_BYTES = 400_000_000

type Attachment = ReportView["attachments"][number]
type Opened =
  | { readonly state: "asked"; readonly bytes: number }
  | { readonly state: "open"; readonly blob: Blob; readonly url: string }
  | { readonly state: "failed"; readonly why: "broken" | "changed" | "missing" | "cut" }

/** One attachment: fetched into memory, compared with what was sealed, and shown by the browser's own decoders. */
export function AttachmentView(props: {
  readonly view: ReportView
  readonly index: number
  readonly name: string
  readonly attachment: Attachment
}): JSX.Element {
  const { media, keys } = words.value
  const { view, index, name, attachment } = props
  const kind = mediaKind(attachment.type)
  const [wanted, want] = useState(attachment.bytes <= AUTOMATIC_BYTES)
  const [opened, setOpened] = useState<Opened>({ state: "asked", bytes: 0 })
  const [larger, setLarger] = useState(false)
  const mayOpen = kind !== "file" && attachment.bytes <= MAX_BYTES && wanted

  useEffect(() => {
    if (!mayOpen) return
    const abort = new AbortController()
    let url: string | null = null
    void openInMemory(view.root, index, attachment, abort.signal, setOpened).then((blob) => {
      if (blob === null || abort.signal.aborted) return
      url = URL.createObjectURL(blob)
      setOpened({ state: "open", blob, url })
    })
    return () => {
      abort.abort()
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [mayOpen, view.root, index])

  if (kind === "file") return <p class="not-shown">{media.notShown(attachment.type.slice(0, 60))}</p>
  if (attachment.bytes > MAX_BYTES) return <p class="not-shown">{media.tooLong(size(attachment.bytes))}</p>
  if (!wanted)
    return (
      <p class="not-shown">
        <button type="button" onClick={() => want(true)}>
          {media.load(size(attachment.bytes))}
        </button>
      </p>
    )
  if (opened.state === "asked")
    return <p class="not-shown">{media.loading(percent(opened.bytes, attachment.bytes))}</p>
  if (opened.state === "failed")
    return <p class={`not-shown${opened.why === "changed" ? " red" : ""}`}>{media[opened.why]}</p>
  const broken = (): void => setOpened({ state: "failed", why: "broken" })
  if (kind === "sound")
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- a witness's recording has none
      <audio controls src={opened.url} aria-label={name} onError={broken} />
    )
  if (kind === "video")
    return (
      <VideoView
        url={opened.url}
        name={name}
        failed={broken}
        choose={(blob) =>
          edit({ form: "picture", report: view, attachment: index, picture: { source: "still", blob } })
        }
      />
    )
  return (
    <figure>
      <img src={opened.url} alt={name} onError={broken} />
      <figcaption>
        <span class="hint">✓ {media.same}</span>
        <span class="buttons">
          <button type="button" class="quiet" onClick={() => setLarger(true)}>
            {media.larger}
          </button>
          {kind === "photo" && (
            <button
              type="button"
              class="make-copy"
              onClick={() =>
                edit({
                  form: "picture",
                  report: view,
                  attachment: index,
                  picture: { source: "photo", blob: opened.blob },
                })
              }
            >
              {media.makeCopy} <kbd>m</kbd>
            </button>
          )}
        </span>
      </figcaption>
      {larger && (
        <Dialog label={name} wide close={() => setLarger(false)}>
          <img src={opened.url} alt={name} />
          <p class="buttons">
            <button type="button" onClick={() => setLarger(false)}>
              {keys.close}
            </button>
          </p>
        </Dialog>
      )}
    </figure>
  )
}

async function openInMemory(
  root: string,
  index: number,
  attachment: Attachment,
  signal: AbortSignal,
  show: (opened: Opened) => void,
): Promise<Blob | null> {
  try {
    const bytes = await getBytes(`/api/reports/${root}/attachments/${index}`, signal, (count) =>
      show({ state: "asked", bytes: count }),
    )
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
    if (hex === attachment.sha256) return new Blob([bytes], { type: attachment.type })
    show({ state: "failed", why: "changed" })
  } catch (error) {
    if (!signal.aborted) show({ state: "failed", why: whyOf(error) })
  }
  return null
}

function whyOf(error: unknown): "changed" | "missing" | "cut" {
  const code = error instanceof ClientError ? error.code : null
  if (code === "not-whole" || code === "missing-cell") return "missing"
  return code === "tampered" ? "changed" : "cut"
}

function percent(done: number, all: number): string {
  const format = new Intl.NumberFormat(language.value === "fa" ? "fa-IR" : "en-GB", { style: "percent" })
  return format.format(all === 0 ? 0 : done / all)
}
