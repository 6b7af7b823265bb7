import type { JSX } from "preact"
import type { Standing } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { CallShown } from "./call.tsx"
import { formatDay } from "./format.ts"
import { Said } from "./said.tsx"

/** What the desk says to everybody: bulletins and calls, below where they are asked for, each closed until it is opened. */
export function News(props: { readonly words: Words; readonly standing: Standing }): JSX.Element {
  const { words } = props
  const { bulletins, calls } = props.standing
  return (
    <section class="kept" aria-labelledby="news">
      <h2 id="news">{words.news.heading}</h2>
      <p class="note">{words.news.note}</p>
      {ownFirst(bulletins, ({ language }) => language, words).map((bulletin) => (
        <Said
          key={`${bulletin.day} ${bulletin.title} ${bulletin.language}`}
          heading={bulletin.title}
          kind={words.news.bulletin(formatDay(bulletin.day, words))}
        >
          <p class="reply" dir="auto" lang={bulletin.language}>
            {bulletin.words}
          </p>
        </Said>
      ))}
      {ownFirst(calls, ({ call }) => call.language, words).map((said) => (
        <CallShown
          key={`${said.call.from} ${said.call.title} ${said.call.language}`}
          said={said}
          words={words}
        />
      ))}
    </section>
  )
}

/** What is in the reader's language first; else the order in which the desk said it. */
function ownFirst<T>(said: readonly T[], languageOf: (one: T) => string, { language }: Words): readonly T[] {
  const isOwn = (one: T): boolean => languageOf(one) === language
  return [...said.filter(isOwn), ...said.filter((one) => !isOwn(one))]
}
