import type { JSX } from "preact"
import { words } from "../words/words.ts"
import { Dialog } from "./dialog.tsx"
import { helpOpen } from "./settings.ts"

/** Every key, in four groups. */
export function Help(): JSX.Element | null {
  const { keys } = words.value
  if (!helpOpen.value) return null
  const close = (): void => {
    helpOpen.value = false
  }
  const { lines } = keys
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      keys.groups.move,
      [
        ["j k", lines.next],
        ["Enter", lines.open],
        ["/", lines.search],
        ["g i · g e · g a · g s", lines.goto],
      ],
    ],
    [
      keys.groups.report,
      [
        ["A–F 1–6", lines.grade],
        ["p", lines.place],
        ["t", lines.time],
        ["o", lines.note],
        ["n", lines.claim],
        ["v", lines.event],
        ["w", lines.action],
        ["m", lines.picture],
      ],
    ],
    [
      keys.groups.other,
      [
        ["n", lines.fresh],
        ["i", lines.edit],
        ["p", lines.publish],
        ["b", lines.build],
      ],
    ],
    [
      keys.groups.all,
      [
        ["r", lines.pull],
        ["y", lines.receipts],
        ["u", lines.undo],
        ["Ctrl Enter", lines.save],
        ["l", lines.language],
        ["z", lines.light],
        ["?", lines.help],
      ],
    ],
  ]
  return (
    <Dialog label={keys.title} wide close={close}>
      <h2>{keys.title}</h2>
      <div class="keys">
        {groups.map(([title, entries]) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {entries.map(([key, does]) => (
                <div key={key + does}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="buttons">
        <button type="button" onClick={close}>
          {keys.close}
        </button>
      </p>
    </Dialog>
  )
}
