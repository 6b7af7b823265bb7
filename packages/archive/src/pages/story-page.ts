import {
  actionKinds,
  claimantKinds,
  formatDate,
  formatNumber,
  measures,
  movesRange,
  type StoryPublication,
} from "@govah/core/publication"
import { claimNumber } from "./claim-table.ts"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"
import { lines, proof, prose, when } from "./parts.ts"
import { fileName } from "./site.ts"

/** A story. Each paragraph's sources stand behind it as small numbers that lead to the claim, event or action. */
export function storyPage(scene: Scene, story: StoryPublication): Uint8Array {
  const { language, say } = scene
  const title = story.title[language]
  const cited = [...new Set(story.paragraphs.flatMap((paragraph) => paragraph.cites))]
  const main = html`<article><h1 dir="auto">${title}</h1>
<p class="meta">${when(scene, story.period)}</p>
${story.paragraphs.map(({ text, cites }) => {
  const blocks = text[language].split(/\n{2,}/)
  const last = blocks.pop() ?? ""
  return html`${blocks.length > 0 && prose(blocks.join("\n\n"))}<p dir="auto">${lines(last)}${marks(scene, cites, cited)}</p>
`
})}
${
  cited.length > 0 &&
  html`<h2>${say.story.sources}</h2><ol class="ui">${cited.map(
    (id) => html`<li id="source-${fileName(id)}">${source(scene, id)}</li>
`,
  )}</ol>`
}
</article>
${proof(scene, story.id, story.revision)}`
  return page(scene, title, main)
}

/** The list of stories; where there is one alone, it is the page of that one by another name. */
export function storiesPage(scene: Scene): Uint8Array {
  const { site, language, say, up } = scene
  const main = html`<h1>${say.story.title}</h1>
${site.stories.length === 0 && html`<p>${say.story.empty}</p>`}
${site.stories.map(
  (
    story,
  ) => html`<article><h2 dir="auto"><a href="${up}story/${fileName(story.id)}.html">${story.title[language]}</a></h2>
<p class="meta">${when(scene, story.period)}</p>
${prose(story.paragraphs[0]?.text[language] ?? "")}</article>
`,
)}`
  return page(scene, say.story.title, main)
}

function marks(scene: Scene, cites: readonly string[], cited: readonly string[]): Html | null {
  if (cites.length === 0) return null
  const links = cites.map((id) => {
    const n = formatNumber(cited.indexOf(id) + 1, scene.language)
    return html`<a href="${target(scene, id)}" aria-label="${scene.say.story.sources} ${n}">[${n}]</a>`
  })
  return html` <span class="cite">${links}</span>`
}

function target({ site, up }: Scene, id: string): string {
  const placed = site.claimsById.get(id)
  if (placed !== undefined) return `${up}event/${fileName(placed.event.id)}.html#${fileName(id)}`
  const publication = site.publicationsById.get(id)
  if (publication?.type === "action")
    return `${up}town/${site.townsByAction.get(id)?.file ?? ""}.html#${fileName(id)}`
  return `${up}${publication?.type ?? "event"}/${fileName(id)}.html`
}

// What a number opens, in one line: who says it, what is said, of which event, as of when, and whether it is unverified; or the event's or action's name.
function source(scene: Scene, id: string): Html {
  const { site, language, say } = scene
  const placed = site.claimsById.get(id)
  const publication = site.publicationsById.get(id)
  const link = (text: string): Html => html`<a href="${target(scene, id)}"><bdi>${text}</bdi></a>`
  if (placed !== undefined) {
    const { claim, event } = placed
    const { name, kind } = claim.claimant
    const said =
      claim.low === null
        ? claim.said[language]
        : `${claimNumber(scene, claim)} ${measures[claim.measure][language]}`
    const doubt = !movesRange(claim) && html` <span class="unsure">${say.table.unverified}</span>`
    return html`${link(name[language])} <span class="soft">(${claimantKinds[kind][language].one})</span>: <bdi>${said}</bdi>${say.comma}<bdi>${event.title[language]}</bdi>${say.comma}<time datetime="${claim.asOf}">${formatDate(claim.asOf, language)}</time>${doubt}`
  }
  if (publication?.type === "action")
    return html`${link(publication.place.name[language])}: ${actionKinds[publication.kind][language]}${say.comma}${when(scene, publication.period)}`
  return link(publication?.title[language] ?? id)
}
