import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { ReportView } from "../../desk.ts"
import { number, words } from "../words/words.ts"
import { AttachmentView } from "./attachment-view.tsx"
import { type MediaKind, mediaKind } from "./media-kind.ts"

/** The attachments of a report: one large, the others as a row of names under it. */
export function MediaStrip({ view }: { readonly view: ReportView }): JSX.Element {
  const { media } = words.value
  const [shown, setShown] = useState(0)
  const attachment = view.attachments[shown]
  return (
    <section class="media" aria-label={media.title}>
      {attachment !== undefined && (
        <AttachmentView
          key={shown}
          view={view}
          index={shown}
          name={nameOf(mediaKind(attachment.type), shown)}
          attachment={attachment}
        />
      )}
      {view.attachments.length > 1 && (
        <p class="buttons start">
          {view.attachments.map(({ type, sha256 }, i) => (
            <button
              type="button"
              class="quiet"
              key={`${i} ${sha256}`}
              aria-pressed={i === shown}
              onClick={() => setShown(i)}
            >
              {nameOf(mediaKind(type), i)}
            </button>
          ))}
        </p>
      )}
    </section>
  )
}

function nameOf(kind: MediaKind, index: number): string {
  return words.value.media[kind](number(index + 1))
}
