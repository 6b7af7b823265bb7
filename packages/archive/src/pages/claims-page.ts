import { claimTables } from "./claim-table.ts"
import { html } from "./html.ts"
import { page, type Scene } from "./page.ts"
import { placeName, when } from "./parts.ts"
import { fileName } from "./site.ts"

/** Files of data, each with what is in it; the names are the same in every language. */
export const DATA_FILES = ["claims.csv", "actions.csv", "publications.json", "columns.txt"] as const

/** Every claim, event by event and series by series, and why no two series are ever added. */
export function claimsPage(scene: Scene): Uint8Array {
  const { site, language, say, root, up } = scene
  const events = site.events.filter((event) => event.claims.length > 0)
  const main = html`<h1>${say.claims.title}</h1>
<p>${say.claims.lead}</p>
<details><summary>${say.claims.why}</summary>${say.claims.whyText.map((text) => html`<p>${text}</p>`)}</details>
<p class="ui">${say.claims.data}: ${DATA_FILES.map((file, i) => html`${i > 0 && say.comma}<a href="${root}data/${file}" dir="ltr">${file}</a>`)}</p>
${events.map(
  (
    event,
  ) => html`<section><h2 dir="auto"><a href="${up}event/${fileName(event.id)}.html">${event.title[language]}</a></h2>
<p class="meta">${placeName(scene, event.place)}${say.comma}${when(scene, event.period)}</p>
${claimTables(scene, event, true)}</section>
`,
)}`
  return page(scene, say.claims.title, main)
}
