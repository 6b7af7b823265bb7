import { type ActionPublication, actionKinds, formatDate, formatNumber } from "@govah/core/publication"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"
import { figure, image, lines, placeName, proof, when, where } from "./parts.ts"
import { fileName, type Town } from "./site.ts"

/** The wall: every town that answered, with one picture, what was done, and the day. */
export function wallPage(scene: Scene): Uint8Array {
  const { site, say } = scene
  const main = html`<h1>${say.wall.title}</h1>
<p>${site.towns.length === 0 ? say.wall.empty : say.wall.lead}</p>
${wallGrid(scene, site.towns)}`
  return page(scene, say.wall.title, main)
}

/** Towns as a grid of pictures. */
export function wallGrid(scene: Scene, towns: readonly Town[]): Html {
  return html`<ul class="wall">${towns.map((town) => tile(scene, town))}</ul>`
}

function tile(scene: Scene, town: Town): Html {
  const { language, say, up } = scene
  const shown =
    town.actions.find((action) => action.pictures.length > 0) ?? (town.actions[0] as ActionPublication)
  const picture = shown.pictures[0]
  const face =
    picture === undefined
      ? html`<span class="words" dir="auto">${say.quote(shown.words[language])}</span>`
      : image(scene, picture, false)
  const more = town.actions.length - 1
  const rest = more > 0 && html`${say.comma}${say.wall.more(formatNumber(more, language))}`
  return html`<li><a href="${up}town/${town.file}.html">${face}<strong><bdi>${town.place.name[language]}</bdi></strong></a>
<span class="meta">${actionKinds[shown.kind][language]}${say.comma}<time datetime="${shown.period.from}">${formatDate(shown.period.from, language)}</time>${rest}</span></li>
`
}

/** One town: what was done there, what it says, when, and the pictures. */
export function townPage(scene: Scene, town: Town): Uint8Array {
  const { language, say, up } = scene
  const title = town.place.name[language]
  const main = html`<h1>${placeName(scene, town.place)}</h1>
${town.actions.map((action) => oneAction(scene, action))}
<p class="ui"><a href="${up}wall.html">${say.wall.back}</a></p>`
  return page(scene, title, main)
}

function oneAction(scene: Scene, action: ActionPublication): Html {
  const { language, say } = scene
  const kind = actionKinds[action.kind][language]
  return html`<article id="${fileName(action.id)}"><h2>${kind}</h2>
<dl>
<dt>${say.facts.when}</dt><dd>${when(scene, action.period)}</dd>
<dt>${say.facts.where}</dt><dd>${where(scene, action.place)}</dd>
<dt>${say.wall.words}</dt><dd dir="auto">${lines(say.quote(action.words[language]))}</dd>
${action.campaign !== null && html`<dt>${say.wall.campaign}</dt><dd dir="auto">${action.campaign[language]}</dd>`}
</dl>
${action.pictures.map((picture, i) => figure(scene, picture, i === 0 ? "eager" : "lazy"))}
${proof(scene, action.id, action.revision)}</article>
`
}
