// Texts out to whoever translates, and back: see docs/translating.md.
//   node packages/field/translating/exchange.ts count
//   node packages/field/translating/exchange.ts out ckb > ckb.json
//   node packages/field/translating/exchange.ts in ckb ckb.json
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { PartialWords, Template } from "../src/words/partial.ts"
import { at, type Entry, entriesOf, META, PARTIAL, wrongWith } from "./catalogue.ts"

/** What stands in a file for translators: `text` is theirs to fill, null where it is not translated. */
export interface Exchanged {
  readonly language: string
  readonly entries: readonly Pick<Entry, "key" | "fa" | "en" | "text">[]
}

export function exportTexts(language: string): Exchanged {
  const entries = entriesOf(partOf(language)).map(({ key, fa, en, text }) => ({ key, fa, en, text }))
  return { language, entries }
}

/**
 * The source of a catalogue with what a translator sent. It comes from outside: only texts of known keys are taken.
 *
 * @throws Error that says what is wrong, one line each; then nothing is to be written.
 */
export function importTexts(language: string, sent: Exchanged): string {
  const part = partOf(language)
  const known = entriesOf(part)
  const texts = new Map(sent.entries.map(({ key, text }) => [key, text]))
  const unknown = [...texts.keys()].filter((key) => !known.some((entry) => entry.key === key))
  const filled = known.map((entry) => ({ ...entry, text: texts.get(entry.key) ?? null }))
  const wrong = [
    ...(sent.language === language ? [] : [`the file is for ${sent.language}`]),
    ...unknown.map((key) => `${key}: there is no such text`),
    ...filled.flatMap((entry) => wrongWith(entry) ?? []),
  ]
  if (wrong.length > 0) throw new Error(wrong.join("\n"))
  return sourceOf(part, filled)
}

export function countTexts(): readonly {
  readonly language: string
  readonly done: number
  readonly of: number
}[] {
  return Object.keys(PARTIAL).map((language) => {
    const entries = entriesOf(partOf(language))
    return { language, done: entries.filter(({ text }) => text !== null).length, of: entries.length }
  })
}

function partOf(language: string): PartialWords {
  const part = Object.hasOwn(PARTIAL, language) ? PARTIAL[language] : undefined
  if (part === undefined) throw new Error(`there is no catalogue to fill for ${language}`)
  return part
}

function sourceOf(part: PartialWords, filled: readonly Entry[]): string {
  const tree: Record<string, unknown> = {}
  for (const name of META) tree[name] = at(part, name)
  for (const { key, text } of filled) {
    if (text === null) continue
    const path = key.split(".")
    let inside = tree
    for (const name of path.slice(0, -1)) inside = (inside[name] ??= {}) as Record<string, unknown>
    inside[path.at(-1) as string] = text satisfies Template
  }
  const [before = ""] = readFileSync(sourceFile(part.language), "utf8").split("export const")
  return `${before}export const ${part.language}: PartialWords = ${printed(tree)}\n`
}

function printed(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const lines = Object.entries(value).map(
    ([name, inside]) => `${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${printed(inside)},`,
  )
  return `{\n${lines.join("\n")}\n}`
}

function sourceFile(language: string): string {
  return fileURLToPath(new URL(`../src/words/${language}.ts`, import.meta.url))
}

if (import.meta.main) {
  const [verb, language = "", file = ""] = process.argv.slice(2)
  if (verb === "out") console.log(JSON.stringify(exportTexts(language), null, 2))
  else if (verb === "in") {
    writeFileSync(
      sourceFile(language),
      importTexts(language, JSON.parse(readFileSync(file, "utf8")) as Exchanged),
    )
    console.log(`taken. Now: npm run format && npx vitest run packages/field/translating`)
  } else for (const { language: code, done, of } of countTexts()) console.log(`${code}\t${done} of ${of}`)
}
