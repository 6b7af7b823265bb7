import {
  type ActionPublication,
  type EventPublication,
  formatNumber,
  type StoryPublication,
} from "@govah/core/publication"
import { rangeList } from "./claim-table.ts"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"
import { day, image, lines, placeName } from "./parts.ts"
import { fileName } from "./site.ts"
import { wallGrid } from "./wall-page.ts"

const LATEST_DAYS = 14
const WALL_TOWNS = 10

/** The front page: what happened, latest day first; how many, with who says so; who answered. */
export function frontPage(scene: Scene): Uint8Array {
  const { site, say, up } = scene
  const main = html`<div class="front">
<section><h2>${say.front.what}</h2>
${daysOf(scene)
  .slice(0, LATEST_DAYS)
  .map(
    ([date, items]) => html`<section class="day"><h3>${day(scene, date)}</h3>
${items}</section>
`,
  )}</section>
${site.events.some((e) => e.claims.length > 0) && howMany(scene)}
${
  site.towns.length > 0 &&
  html`<section class="all"><h2>${say.front.who}</h2>
<p class="meta">${say.front.whoLead(formatNumber(site.towns.length, scene.language))}${say.comma}<a href="${up}wall.html">${say.front.allTowns}</a></p>
${wallGrid(scene, site.towns.slice(0, WALL_TOWNS))}</section>`
}
</div>`
  return page(scene, null, main)
}

function howMany(scene: Scene): Html {
  const { site, language, say, up } = scene
  const events = site.events.filter((event) => event.claims.length > 0)
  return html`<section><h2>${say.front.howMany}</h2>
<p class="meta">${say.front.neverAdd}</p>
<ul class="counts">${events.map(
    (
      event,
    ) => html`<li><a href="${up}event/${fileName(event.id)}.html" dir="auto">${event.title[language]}</a>
${rangeList(scene, event)}</li>
`,
  )}</ul>
<p class="meta"><a href="${up}claims.html">${say.front.allClaims}</a></p></section>`
}

// Events and stories are told one by one; the actions of one day together, since it is their number that tells.
function daysOf(scene: Scene): [string, Html[]][] {
  const { site } = scene
  const days = new Map<string, Html[]>()
  const put = (date: string, item: Html): void => void days.set(date, [...(days.get(date) ?? []), item])
  for (const story of site.stories) put(story.period.to ?? story.period.from, storyItem(scene, story))
  for (const event of site.events) put(event.period.from, eventItem(scene, event))
  const actions = site.towns.flatMap((town) => town.actions)
  for (const date of new Set(actions.map((action) => action.period.from)))
    put(
      date,
      actionsItem(
        scene,
        actions.filter((action) => action.period.from === date),
      ),
    )
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1))
}

function eventItem(scene: Scene, event: EventPublication): Html {
  const { language, up } = scene
  const picture = event.pictures[0]
  return html`<article><h3 dir="auto"><a href="${up}event/${fileName(event.id)}.html">${event.title[language]}</a></h3>
<p class="meta">${placeName(scene, event.place)}</p>
${event.note !== null && html`<p dir="auto">${lines(opening(event.note[language]))}</p>`}${picture !== undefined && html`<figure>${image(scene, picture, true)}<figcaption dir="auto">${lines(picture.caption[language])}</figcaption></figure>`}</article>
`
}

function storyItem(scene: Scene, story: StoryPublication): Html {
  const { language, say, up } = scene
  const first = story.paragraphs[0]?.text[language] ?? ""
  const href = `${up}story/${fileName(story.id)}.html`
  return html`<article><h3 class="lead" dir="auto"><a href="${href}">${story.title[language]}</a></h3>
<p dir="auto">${lines(opening(first))} <a href="${href}">${say.front.read}</a></p></article>
`
}

function actionsItem(scene: Scene, actions: readonly ActionPublication[]): Html {
  const { language, say, up } = scene
  const towns = [...new Set(actions.map((action) => action.place.name[language]))]
  return html`<article><h3><a href="${up}wall.html">${say.front.answeredOn(formatNumber(towns.length, language))}</a></h3>
<p>${towns.map((name, i) => html`${i > 0 && say.comma}<bdi>${name}</bdi>`)}</p></article>
`
}

// The first paragraph, and of a long one the first sentences.
function opening(text: string): string {
  const first = text.split(/\n{2,}/)[0] ?? ""
  if (first.length <= 400) return first
  const cut = first.slice(0, 400)
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("؟ "), cut.lastIndexOf("؛ "))
  return end > 100 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(" "))} …`
}
