import { createHash } from "node:crypto"
import { utf8Bytes } from "@govah/core/bytes"
import { formatDate, formatNumber, LANGUAGES, type Language } from "@govah/core/publication"
import { type Html, html, trustedHtml } from "./html.ts"
import type { Site } from "./site.ts"
import { STYLE } from "./style.ts"
import { type Words, words } from "./words.ts"

/** What a page is given: the site, its language, and where it stands. */
export interface Scene {
  readonly site: Site
  readonly language: Language
  readonly say: Words
  /** Path below the language's folder, e.g. `event/e1.html`. */
  readonly path: string
  /** The way up to the archive's folder, e.g. `../../`. */
  readonly root: string
  /** The way up to the language's folder, e.g. `../`. */
  readonly up: string
}

/** The scene of one page. @param path - below the language's folder. */
export function sceneOf(site: Site, language: Language, path: string): Scene {
  const up = "../".repeat(path.split("/").length - 1)
  return { site, language, say: words[language], path, root: `../${up}`, up }
}

/** Nothing may load but our own pictures and the one stylesheet, named by its hash. No script can run. */
export function securityPolicy(): string {
  const hash = createHash("sha256").update(STYLE).digest("base64")
  return `default-src 'none'; img-src 'self'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}

/** The head that every page shares. */
export function head(title: string): Html {
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy()}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trustedHtml(STYLE)}</style>`
}

/** A whole page. @param title - its own heading, or null on the front page, where the archive's name is the heading. */
export function page(scene: Scene, title: string | null, main: Html): Uint8Array {
  const { site, language, say, root, up, path } = scene
  const name = site.name[language]
  const other = LANGUAGES.find((l) => l !== language) as Language
  const here = (target: string): Html | null => (path === target ? html` aria-current="page"` : null)
  const link = (target: string, label: string): Html =>
    html`<li><a href="${up}${target}"${here(target)}>${label}</a></li>`
  const masthead =
    title === null
      ? html`<h1 class="name">${name}</h1>`
      : html`<p class="name"><a href="${up}index.html">${name}</a></p>`
  const markup = html`<!doctype html>
<html lang="${language}" dir="${say.dir}">
<head>
${head(title === null ? name : `${title} — ${name}`)}
</head>
<body>
<a class="skip" href="#main">${say.skip}</a>
<header class="mast">${masthead}
<p class="soft ui">${say.strap}</p></header>
<nav aria-label="${say.nav.label}"><ul>
${link("index.html", say.nav.front)}${link("claims.html", say.nav.claims)}${link("wall.html", say.nav.wall)}${
  site.stories.length > 0 && link("stories.html", say.nav.stories)
}${link("verify.html", say.nav.verify)}${link("about.html", say.nav.about)}
<li><a href="${root}${other}/${path}" lang="${other}" hreflang="${other}">${say.otherLanguage}</a></li>
</ul></nav>
<main id="main">
${main}
</main>
<footer>
<p>${say.footer}</p>
<p>${say.edition(formatNumber(site.edition.number, language))}${say.comma}<time datetime="${site.edition.made}">${formatDate(site.edition.made, language)}</time></p>
</footer>
</body>
</html>
`
  return utf8Bytes(markup.markup)
}
