import {
  actionKinds,
  formatDate,
  formatPeriod,
  formatPeriodOther,
  formatRange,
  type Language,
  type Publication,
  precisions,
  seriesRanges,
} from "@govah/core/publication"
import type { JSX } from "preact"
import { words } from "../words/words.ts"
import { PublicPicture } from "./public-picture.tsx"

/** What readers will see, in one language. Nothing stands here that does not become public. */
export function Preview({ publication, lang }: { publication: Publication; lang: Language }): JSX.Element {
  const isAction = publication.type === "action"
  const title = isAction ? actionKinds[publication.kind][lang] : publication.title[lang]
  return (
    <div class="preview" lang={lang} dir={lang === "fa" ? "rtl" : "ltr"}>
      <p class="preview-title">{title}</p>
      <p class="hint">
        {"place" in publication && (
          <>
            {publication.place.name[lang]}
            {publication.place.province !== null && ` · ${publication.place.province[lang]}`} (
            {precisions[publication.place.precision][lang]}){" · "}
          </>
        )}
        {formatPeriod(publication.period, lang)} ({formatPeriodOther(publication.period, lang)})
      </p>
      {isAction && <p>{publication.words[lang]}</p>}
      {isAction && publication.campaign !== null && <p class="hint">{publication.campaign[lang]}</p>}
      {publication.type === "event" && <EventBody event={publication} lang={lang} />}
      {publication.type === "story" &&
        publication.paragraphs.map((paragraph, i) => (
          <p key={i}>
            {paragraph.text[lang]}{" "}
            {paragraph.cites.length > 0 && <bdi class="hint">[{paragraph.cites.join(", ")}]</bdi>}
          </p>
        ))}
      {"pictures" in publication &&
        publication.pictures.map((picture) => (
          <PublicPicture key={picture.sha256} sha256={picture.sha256} caption={picture.caption[lang]} />
        ))}
    </div>
  )
}

function EventBody(props: {
  readonly event: Extract<Publication, { type: "event" }>
  readonly lang: Language
}): JSX.Element {
  const { event, lang } = props
  const { subject } = words.value
  return (
    <>
      {seriesRanges(event.claims).map((range) => (
        <p key={range.series}>
          <strong>{formatRange(range, lang) ?? subject.notCounted}</strong>{" "}
          <span class="hint">{[...range.counted, ...range.aside][0]?.scope[lang]}</span>
        </p>
      ))}
      <ul>
        {event.claims.map((claim) => (
          <li key={claim.id}>
            <bdi>{claim.claimant.name[lang]}</bdi>: {claim.said[lang]}{" "}
            <span class="hint">
              ({formatDate(claim.asOf, lang)} ·{" "}
              <bdi>{`${claim.grade.reliability}${claim.grade.credibility}`}</bdi>)
            </span>
          </li>
        ))}
      </ul>
      {event.note !== null && <p>{event.note[lang]}</p>}
    </>
  )
}
