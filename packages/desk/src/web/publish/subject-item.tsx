import {
  actionKinds,
  formatDate,
  formatRange,
  measures,
  precisions,
  seriesRanges,
} from "@govah/core/publication"
import type { JSX } from "preact"
import { editClaim } from "../forms/claim-form.tsx"
import { numberWords } from "../inbox/said-by-witness.tsx"
import { choose, chosen, desk, pane, view } from "../model/desk.ts"
import { previewOf } from "../model/preview.ts"
import { placeOf } from "../model/rows.ts"
import { editChosen } from "../model/starting.ts"
import { ItemTitle } from "../parts/item-title.tsx"
import { language, number, words } from "../words/words.ts"
import { bothCalendars } from "../words/time.ts"
import { PublicPicture } from "./public-picture.tsx"
import { PublicationPanel } from "./publication-panel.tsx"

/** One event, action or story, and its way to the public. */
export function SubjectItem(): JSX.Element {
  const { subject, item, forms } = words.value
  const lang = language.value
  const id = chosen.value[view.value]
  const known = desk.value
  const publication = known === null || id === null ? null : previewOf(known, id)
  if (known === null || id === null || publication === null)
    return (
      <div class="empty">
        <h1>{subject.none}</h1>
      </div>
    )
  const title = publication.type === "action" ? actionKinds[publication.kind][lang] : publication.title[lang]
  const supports =
    publication.type === "action" ? (known.actions.find((action) => action.id === id)?.supports ?? []) : []
  return (
    <article class="item" aria-labelledby="item-title" key={id}>
      <header class="item-head">
        <button type="button" class="back quiet" onClick={() => (pane.value = "list")}>
          {item.back}
        </button>
        <ItemTitle>
          {title} <bdi class="kind mono">{id}</bdi>
        </ItemTitle>
        <p>
          {"place" in publication && (
            <>
              {publication.place.name[lang]}
              {publication.place.province !== null && ` · ${publication.place.province[lang]}`}{" "}
              <span class={publication.place.precision === "point" ? "red" : "hint"}>
                ({precisions[publication.place.precision][lang]})
              </span>
              {" · "}
            </>
          )}
          {bothCalendars(publication.period)}
        </p>
        {publication.type === "action" && (
          <p>
            {publication.words[lang]}
            {publication.campaign !== null && <span class="hint"> · {publication.campaign[lang]}</span>}
          </p>
        )}
        {publication.type === "event" && publication.note !== null && <p>{publication.note[lang]}</p>}
        <p class="buttons start">
          <button type="button" onClick={editChosen}>
            {subject.edit} <kbd>i</kbd>
          </button>
        </p>
      </header>
      {publication.type === "event" && <Claims id={id} />}
      {publication.type === "story" && (
        <section aria-label={forms.text}>
          {publication.paragraphs.map((paragraph, i) => (
            <p key={i} class="story">
              {paragraph.text[lang]}{" "}
              {paragraph.cites.length > 0 && (
                <span class="hint">
                  ({subject.cites} <bdi>{paragraph.cites.join(" · ")}</bdi>)
                </span>
              )}
            </p>
          ))}
        </section>
      )}
      {"pictures" in publication && (
        <section aria-labelledby="pictures-title">
          <h2 id="pictures-title">{subject.pictures}</h2>
          {publication.pictures.length === 0 && <p class="hint">{subject.noPictures}</p>}
          <div class="pictures">
            {publication.pictures.map((picture) => (
              <PublicPicture key={picture.sha256} sha256={picture.sha256} caption={picture.caption[lang]} />
            ))}
          </div>
        </section>
      )}
      {supports.length > 0 && (
        <section aria-labelledby="supports-title">
          <h2 id="supports-title">{subject.reports}</h2>
          <Reports roots={supports} />
        </section>
      )}
      <PublicationPanel id={id} />
    </article>
  )
}

function Claims({ id }: { readonly id: string }): JSX.Element {
  const { subject } = words.value
  const lang = language.value
  const known = desk.value
  const publication = known === null ? null : previewOf(known, id)
  const claims = publication?.type === "event" ? publication.claims : []
  const sources = known?.claims ?? []
  return (
    <section aria-labelledby="claims-title">
      <h2 id="claims-title">{subject.claims}</h2>
      {claims.length === 0 && <p class="hint">{subject.noClaims}</p>}
      {seriesRanges(claims).map((range) => (
        <div key={range.series} class="series">
          <p>
            <strong>{measures[[...range.counted, ...range.aside][0]?.measure ?? "killed"][lang]}:</strong>{" "}
            {formatRange(range, lang) ?? <span class="amber">{subject.notCounted}</span>}{" "}
            <bdi class="hint mono">{range.series}</bdi>
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{subject.who}</th>
                <th scope="col">{subject.number}</th>
                <th scope="col">{subject.asOf}</th>
                <th scope="col">{subject.grade}</th>
                <th scope="col">
                  <span class="visually-hidden">{subject.edit}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {[...range.counted, ...range.aside].map((claim) => {
                const source = sources.find((c) => c.id === claim.id)
                return (
                  <tr key={claim.id} class={range.aside.includes(claim) ? "aside" : ""}>
                    <td>
                      {claim.claimant.name[lang]}{" "}
                      <span class="hint">{subject.independent(number(claim.reportingUnits))}</span>
                    </td>
                    <td>{numberWords(claim)}</td>
                    <td>{formatDate(claim.asOf, lang)}</td>
                    <td>
                      <bdi>{`${claim.grade.reliability}${claim.grade.credibility}`}</bdi>
                    </td>
                    <td>
                      {source !== undefined && (
                        <button type="button" class="quiet" onClick={() => editClaim(source)}>
                          {subject.edit} <bdi>{claim.id}</bdi>
                        </button>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      ))}
      <Reports roots={[...new Set(sources.filter((c) => c.event === id).flatMap((c) => c.supports))]} />
    </section>
  )
}

function Reports({ roots }: { readonly roots: readonly string[] }): JSX.Element | null {
  const { subject, list } = words.value
  if (roots.length === 0) return null
  const rows = (desk.value?.reports ?? []).filter((row) => roots.includes(row.root))
  return (
    <p class="buttons start">
      <span class="hint">{subject.reports}:</span>
      {rows.map((row) => (
        <button type="button" class="quiet" key={row.root} onClick={() => choose("inbox", row.root, true)}>
          {placeOf(row) ?? list.noPlace} · <bdi class="mono">{row.root.slice(0, 6)}</bdi>
        </button>
      ))}
    </p>
  )
}
