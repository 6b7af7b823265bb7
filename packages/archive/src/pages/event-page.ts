import { type EventPublication, formatNumber, movesRange } from "@govah/core/publication"
import { claimTables, rangeList } from "./claim-table.ts"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"
import { figure, proof, prose, when, where } from "./parts.ts"

/** One event. Its first screen answers: what, when, where, how many, who says so, how sure. */
export function eventPage(scene: Scene, event: EventPublication): Uint8Array {
  const { language, say } = scene
  const title = event.title[language]
  const main = html`<h1 dir="auto">${title}</h1>
<dl>
<dt>${say.facts.when}</dt><dd>${when(scene, event.period)}</dd>
<dt>${say.facts.where}</dt><dd>${where(scene, event.place)}</dd>
${event.claims.length > 0 && html`<dt>${say.facts.howMany}</dt><dd>${rangeList(scene, event)}</dd>`}
<dt>${say.facts.sure}</dt><dd>${howSure(scene, event)}</dd>
</dl>
${event.note !== null && prose(event.note[language])}
${event.claims.length > 0 && html`<h2>${say.event.claims}</h2>${claimTables(scene, event, false)}`}
${event.pictures.length > 0 && html`<h2>${say.event.pictures}</h2>${event.pictures.map((p) => figure(scene, p))}`}
${proof(scene, event.id, event.revision)}`
  return page(scene, title, main)
}

function howSure({ say, language }: Scene, { claims }: EventPublication): Html {
  if (claims.length === 0) return html`<p>${say.sure.none}</p>`
  const counted = claims.filter(movesRange).length
  const confirmed = claims.filter((claim) => claim.grade.credibility === 1).length
  return html`<p>${say.sure.counts(claims.length, counted, confirmed, (n) => formatNumber(n, language))}</p>`
}
