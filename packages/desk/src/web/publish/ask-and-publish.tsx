import { desk } from "../model/desk.ts"
import { publish as send } from "../model/jobs.ts"
import { previewOf } from "../model/preview.ts"
import { ask } from "../parts/dialog.tsx"
import { language, number, words } from "../words/words.ts"

/** Says what becomes public and that it cannot be called back; publishes only after a yes. */
export async function askAndPublish(id: string): Promise<void> {
  const { publish } = words.value
  const lang = language.value
  const publication = desk.value === null ? null : previewOf(desk.value, id)
  if (publication === null) return
  const title = publication.type === "action" ? publication.words[lang] : publication.title[lang]
  const sure = await ask({
    title: publish.ask,
    body: (
      <>
        <ul>
          <li>{publish.title1(title)}</li>
          {"place" in publication && <li>{publication.place.name[lang]}</li>}
          {publication.type === "event" && <li>{publish.claims(number(publication.claims.length))}</li>}
          {publication.type === "story" && (
            <li>{publish.paragraphs(number(publication.paragraphs.length))}</li>
          )}
          {"pictures" in publication && <li>{publish.pictures(number(publication.pictures.length))}</li>}
        </ul>
        <p class="danger-text">{publish.askWhy}</p>
        <p class="hint">{publish.hidden}</p>
      </>
    ),
    yes: publish.yes,
    no: publish.no,
    danger: true,
  })
  if (sure) await send(id)
}
