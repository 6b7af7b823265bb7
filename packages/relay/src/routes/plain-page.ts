import { toBase64Url } from "@govah/core/bytes"
import type { NewestFeed } from "../store/port.ts"
import { english } from "../words/en.ts"
import { persian } from "../words/fa.ts"
import type { UploadOutcome, Words } from "../words/words.ts"

/**
 * `GET /`: what this machine is, a form for a sealed file where it takes them, and the desks' newest feed files to take along. Persian and
 * English, no script, nothing from elsewhere.
 */
export function plainPage(feeds: readonly NewestFeed[], uploads: boolean): Response {
  return page(200, (words) => `${about(words)}${uploads ? form(words) : ""}${feedList(words, feeds)}`)
}

/** What became of a file, for the person who gave it. */
export function outcomePage(status: number, outcome: UploadOutcome): Response {
  return page(status, (words) => {
    const [first, ...others] = words.outcome(outcome)
    const lines = others.map((line) => `<p>${line}</p>`).join("")
    return `<h1 role="status">${first}</h1>${lines}<p><a href="/">${words.back}</a></p>`
  })
}

/** `GET /style.css`. */
export function styleSheet(): Response {
  return new Response(STYLE, {
    headers: { "Content-Type": "text/css", "Cache-Control": "public, max-age=86400" },
  })
}

// Nothing on these pages comes from a request but numbers, and keys are base64url: nothing has to be escaped.
function page(status: number, write: (words: Words) => string): Response {
  const sections = [persian, english].map(
    (words) => `<section lang="${words.language}" dir="${words.direction}">${write(words)}</section>`,
  )
  const html = `<!doctype html>
<html lang="fa" dir="rtl"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${persian.title}</title><link rel="stylesheet" href="/style.css">
<main>${sections.join("<hr>")}</main></html>
`
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  }
  return new Response(html, { status, headers })
}

function about(words: Words): string {
  const lines = [words.whatItDoes, words.whatItCannotDo, words.whatIsNotHidden]
  return `<h1>${words.title}</h1>${lines.map((line) => `<p>${line}</p>`).join("")}`
}

function form(words: Words): string {
  const id = `file-${words.language}`
  return `<h2>${words.giveTitle}</h2><p>${words.giveHow}</p><p><strong>${words.giveWarning}</strong></p>
<form method="post" action="/bundle-file" enctype="multipart/form-data">
<p><label for="${id}">${words.fileLabel}</label><br><input id="${id}" type="file" name="bundle" multiple required></p>
<p><button>${words.giveButton}</button></p></form>`
}

function feedList(words: Words, feeds: readonly NewestFeed[]): string {
  if (feeds.length === 0) return ""
  const items = feeds.map(({ deskKey, number }) => {
    const key = toBase64Url(deskKey)
    const link = `<a href="/feed/${key}/${number}/whole" download="feed-${number}.bin">${words.feedLink(number)}</a>`
    return `<li>${link} <code dir="ltr">${key.slice(0, 8)}</code></li>`
  })
  return `<h2>${words.takeTitle}</h2><p>${words.takeHow}</p><ul>${items.join("")}</ul>`
}

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 1.125rem/1.6 system-ui, sans-serif; }
main { max-inline-size: 38rem; margin-inline: auto; padding: 1.5rem 1rem; }
[lang="fa"] { font-family: Vazirmatn, "Noto Naskh Arabic", Tahoma, sans-serif; line-height: 1.8; }
h1 { font-size: 1.4rem; line-height: 1.4; }
h2 { font-size: 1.15rem; margin-block-start: 2rem; }
hr { margin-block: 2.5rem; border: 0; border-block-start: 1px solid; opacity: 0.4; }
input, button { font: inherit; max-inline-size: 100%; }
button { min-block-size: 3rem; min-inline-size: 8rem; }
`
