import {
  type Claim,
  claimantKinds,
  credibilities,
  type EventPublication,
  formatNumber,
  formatRange,
  groups,
  measures,
  movesRange,
  phrases,
  reliabilities,
  type SeriesRange,
  seriesRanges,
} from "@govah/core/publication"
import { type Html, html } from "./html.ts"
import type { Scene } from "./page.ts"
import { day, lines } from "./parts.ts"
import { fileName } from "./site.ts"

/** What a series counts: "Killed, protesters". */
export function seriesName({ language, say }: Scene, range: SeriesRange): string {
  const claim = (range.counted[0] ?? range.aside[0]) as Claim
  const measure = measures[claim.measure][language]
  return claim.group === "none" || claim.group === "unknown"
    ? measure
    : `${measure}${say.comma}${groups[claim.group][language]}`
}

/** The ranges of an event, one a line, each with what it counts and who says so. */
export function rangeList(scene: Scene, event: EventPublication): Html {
  const items = seriesRanges(event.claims).map((range) => {
    const text = formatRange(range, scene.language)
    const said = range.aside[0]?.said[scene.language] ?? ""
    const count = text === null ? unsettled(scene, range, said) : html`<bdi class="count">${text}</bdi>`
    return html`<li><span class="what">${seriesName(scene, range)}</span><br>${count}</li>
`
  })
  return html`<ul>${items}</ul>`
}

// No number that can be relied on: then what the best claim says stands here, marked as what it is.
function unsettled({ say }: Scene, range: SeriesRange, said: string): Html {
  const isNumber = range.aside.some((claim) => claim.low !== null)
  const solid = !isNumber && range.aside.some(movesRange)
  if (solid) return html`<bdi class="count">${said}</bdi>`
  return html`${isNumber ? say.facts.noNumber : said} <span class="unsure">${say.table.unverified}</span>`
}

/** The claims of an event, a table for each series. */
export function claimTables(scene: Scene, event: EventPublication, linkBack: boolean): Html[] {
  const ranges = seriesRanges(event.claims)
  return ranges.map((range, i) => {
    const name = seriesName(scene, range)
    const series =
      ranges.length > 1 ? `${scene.say.table.series(formatNumber(i + 1, scene.language))}: ${name}` : name
    return table(scene, series, [...range.counted, ...range.aside], event, linkBack)
  })
}

function table(
  scene: Scene,
  caption: string,
  claims: readonly Claim[],
  event: EventPublication,
  linkBack: boolean,
): Html {
  const { say } = scene
  const heads = [say.table.number, say.table.who, say.table.said, say.table.asOf, say.table.grade]
  // The roles say again what the elements are: on a narrow screen the rows are laid out as blocks, and would lose them.
  return html`<table role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${claims.map((claim) => row(scene, claim, event, linkBack))}</tbody></table>
`
}

function row(scene: Scene, claim: Claim, event: EventPublication, linkBack: boolean): Html {
  const { language, say, up } = scene
  const { claimant, grade } = claim
  const anchor = fileName(claim.id)
  const shown = claimNumber(scene, claim)
  const code = `${grade.reliability}${grade.credibility}`
  const href = linkBack && `${up}event/${fileName(event.id)}.html#${anchor}`
  return html`<tr role="row" id="${anchor}">
<td role="cell" class="n">${href === false ? shown : html`<a href="${href}">${shown}</a>`}</td>
<td role="cell" data-h="${say.table.who}"><bdi>${claimant.name[language]}</bdi> <span class="soft">(${claimantKinds[claimant.kind][language].one})</span>${carrier(scene, claim)}</td>
<td role="cell" data-h="${say.table.said}"><span dir="auto">${lines(claim.said[language])}</span><br><span class="soft" dir="auto">${lines(claim.scope[language])}</span></td>
<td role="cell" data-h="${say.table.asOf}">${day(scene, claim.asOf)}</td>
<td role="cell" data-h="${say.table.grade}">${!movesRange(claim) && html`<span class="unsure">${say.table.unverified}</span><br>`}${credibilities[grade.credibility][language]}${say.comma}${reliabilities[grade.reliability][language]} <span class="soft">(${say.table.gradeCode(code)}${say.comma}${reports(scene, claim)})</span></td>
</tr>
`
}

function reports({ say, language }: Scene, claim: Claim): string {
  const count = claim.reportingUnits
  return count === 1 ? say.table.oneReport : say.table.reports(formatNumber(count, language))
}

function carrier({ say, language }: Scene, claim: Claim): Html | null {
  if (claim.carriedBy === null && claim.url === null) return null
  const name = claim.carriedBy?.[language] ?? claim.claimant.name[language]
  const linked =
    claim.url === null
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${claim.url}" rel="noreferrer noopener"><bdi>${name}</bdi></a>`
  return html`<br><span class="soft">${say.table.carried} ${linked}</span>`
}

/** The number that a claim gives, as it gives it. */
export function claimNumber({ language, say }: Scene, claim: Claim): string {
  if (claim.low === null) return say.table.noNumber
  const low = formatNumber(claim.low, language)
  if (claim.bound === "at-least") return phrases[language].atLeast(low)
  const high = claim.high === null || claim.high === claim.low ? null : formatNumber(claim.high, language)
  const number = high === null ? low : phrases[language].fromTo(low, high)
  return claim.bound === "about" ? phrases[language].about(number) : number
}
