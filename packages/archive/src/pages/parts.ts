import {
  formatDate,
  formatDateOther,
  formatNumber,
  formatPeriod,
  formatPeriodOther,
  type Period,
  type Picture,
  type Place,
  precisions,
} from "@govah/core/publication"
import { disclosuresFile } from "../log/log-paths.ts"
import { type Html, html } from "./html.ts"
import type { Scene } from "./page.ts"

/** A number in the reader's digits, kept from disturbing the order of the words around it. */
export function number({ language }: Scene, value: number): Html {
  return html`<bdi>${formatNumber(value, language)}</bdi>`
}

/** A period in both calendars. */
export function when({ language }: Scene, period: Period): Html {
  return html`<time datetime="${period.from}">${formatPeriod(period, language)}</time> <span class="soft">(<bdi>${formatPeriodOther(period, language)}</bdi>)</span>`
}

/** A day or month; a month stands in the one calendar it was said in. */
export function day({ language }: Scene, date: string): Html {
  const other =
    date.length === 10 && html` <span class="soft alt">(${formatDateOther(date, language)})</span>`
  return html`<time datetime="${date}">${formatDate(date, language)}</time>${other}`
}

/** A place with its province. */
export function placeName({ language, say }: Scene, place: Place): Html {
  const province = place.province?.[language] ?? null
  const both = province === null || province === place.name[language] ? "" : `${say.comma}${province}`
  return html`<bdi>${place.name[language]}${both}</bdi>`
}

/** A place with its province and how closely it is known. */
export function where(scene: Scene, place: Place): Html {
  return html`${placeName(scene, place)} <span class="soft">(${precisions[place.precision][scene.language]})</span>`
}

/** Text of a publication: paragraphs where it has blank lines, breaks where it has single ones. */
export function prose(text: string): Html[] {
  return text.split(/\n{2,}/).map((block) => html`<p dir="auto">${lines(block)}</p>`)
}

/** Text with its line breaks. */
export function lines(text: string): Html[] {
  return text.split("\n").map((line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))
}

/** A picture alone, fetched when it is scrolled to unless it is `eager`. Its caption is its text for those who do not see it, unless a caption stands beside it. */
export function image(
  { root, language }: Scene,
  picture: Picture,
  captioned: boolean,
  loading: "lazy" | "eager" = "lazy",
): Html {
  const alt = captioned ? "" : picture.caption[language]
  return html`<img src="${root}m/${picture.sha256}.jpg" width="${picture.width}" height="${picture.height}" alt="${alt}" loading="${loading}" decoding="async">`
}

/** A picture with its caption. */
export function figure(scene: Scene, picture: Picture, loading: "lazy" | "eager" = "lazy"): Html {
  const kind = picture.source === "still" ? scene.say.event.still : scene.say.event.photo
  return html`<figure>${image(scene, picture, true, loading)}
<figcaption dir="auto">${lines(picture.caption[scene.language])} <span class="soft">(${kind})</span></figcaption></figure>
`
}

/** The quiet line at the foot: where this stands in the log, and how to check it. */
export function proof(scene: Scene, id: string, revision: number): Html | null {
  const { site, say, root, up } = scene
  const found = site.proofs.get(id)
  if (found === undefined) return null
  const again = revision > 1 && html`${say.comma}${say.revision(formatNumber(revision, scene.language))}`
  return html`<p class="proof meta">${say.proof(formatNumber(found.index, scene.language))} <code dir="ltr">${found.leaf}</code>${again} (<a href="${root}${disclosuresFile(found.index)}">${say.proofOpen}</a>${say.comma}<a href="${up}verify.html">${say.proofHow}</a>)</p>
`
}
