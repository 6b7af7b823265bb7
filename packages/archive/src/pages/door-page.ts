import { utf8Bytes } from "@govah/core/bytes"
import { LANGUAGES } from "@govah/core/publication"
import { html } from "./html.ts"
import { head } from "./page.ts"
import type { Site } from "./site.ts"
import { words } from "./words.ts"

/** The door: the archive's name in each language, and the way in. */
export function doorPage(site: Site): Uint8Array {
  const name = `${site.name.fa} — ${site.name.en}`
  const doors = LANGUAGES.map((language) => {
    const say = words[language]
    return html`<section lang="${language}" dir="${say.dir}"><h1><a href="${language}/index.html">${site.name[language]}</a></h1>
<p>${say.strap}</p>
<p><a href="${language}/index.html" hreflang="${language}">${say.language}</a></p></section>
`
  })
  const markup = html`<!doctype html>
<html lang="fa" dir="rtl">
<head>
${head(name)}
</head>
<body>
<main class="door">
${doors}
</main>
</body>
</html>
`
  return utf8Bytes(markup.markup)
}
