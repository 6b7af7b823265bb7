import { formatDate } from "@govah/core/publication"
import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import type { GateCheck } from "../../desk.ts"
import { getJson } from "../model/client.ts"
import { choose, desk } from "../model/desk.ts"
import { buildArchive } from "../model/jobs.ts"
import { previewOf } from "../model/preview.ts"
import { placeOf } from "../model/rows.ts"
import { sayFailure, work } from "../model/status.ts"
import { language, number, words } from "../words/words.ts"
import { askAndPublish } from "./ask-and-publish.tsx"
import { Preview } from "./preview.tsx"

/** What is missing before it can be public, what readers will see, and the button. */
export function PublicationPanel({ id }: { readonly id: string }): JSX.Element | null {
  const { publish, rules } = words.value
  const known = desk.value
  const checks = useChecklist(id)
  if (known === null) return null
  const publication = previewOf(known, id)
  const published = known.publications.find((p) => p.id === id)
  const missing = (checks ?? []).filter((check) => !check.ok).length
  const ready = checks !== null && missing === 0 && work.value === null
  return (
    <section class="publication" aria-labelledby="publication-title">
      <h2 id="publication-title">{publish.title}</h2>
      <p>
        {published === undefined
          ? publish.never
          : publish.now(number(published.revision), formatDate(published.day, language.value))}
      </p>
      <h3>{publish.checklist}</h3>
      <ul class="checklist">
        {(checks ?? []).map((check) => (
          <li key={check.rule} class={check.ok ? "ok" : "missing"}>
            <span aria-hidden="true">{check.ok ? "✓" : "✗"}</span>
            <span>
              {rules[check.rule] ?? check.rule}
              <span class="visually-hidden"> – {check.ok ? publish.ok : publish.missing}</span>
              {!check.ok && <Why check={check} />}
            </span>
          </li>
        ))}
      </ul>
      <h3>{publish.preview}</h3>
      {publication !== null && (
        <div class="previews">
          <Preview publication={publication} lang="fa" />
          <Preview publication={publication} lang="en" />
        </div>
      )}
      <p class="hint">{publish.hidden}</p>
      <p class="buttons">
        <span class={ready ? "" : "missing"} id="readiness">
          {missing === 0 ? publish.ready : publish.notReady(number(missing))}
        </span>
        {known.canBuildArchive && published !== undefined && (
          <button type="button" onClick={() => void buildArchive()}>
            {publish.archive} <kbd>b</kbd>
          </button>
        )}
        <button
          type="button"
          class="main"
          aria-disabled={!ready}
          aria-describedby="readiness"
          onClick={() => void (ready && askAndPublish(id))}
        >
          {published === undefined ? publish.button : publish.again} <kbd>p</kbd>
        </button>
      </p>
      {published !== undefined && !known.canBuildArchive && <p class="hint">{publish.noArchive}</p>}
    </section>
  )
}

// The desk names reports by the beginning of their name; the member gets a way to go there.
function Why({ check }: { readonly check: GateCheck }): JSX.Element {
  const reports = (desk.value?.reports ?? []).filter((row) => check.why.includes(row.root.slice(0, 12)))
  if (reports.length === 0)
    return (
      <bdi class="hint why" lang="en">
        {check.why}
      </bdi>
    )
  return (
    <span class="why">
      {reports.map((row) => (
        <button type="button" class="quiet" key={row.root} onClick={() => choose("inbox", row.root, true)}>
          {placeOf(row) ?? words.value.list.noPlace} · <bdi class="mono">{row.root.slice(0, 6)}</bdi>
        </button>
      ))}
    </span>
  )
}

function useChecklist(id: string): readonly GateCheck[] | null {
  const [checks, setChecks] = useState<readonly GateCheck[] | null>(null)
  const known = desk.value
  useEffect(() => {
    const abort = new AbortController()
    getJson<readonly GateCheck[]>(`/api/publications/${encodeURIComponent(id)}/checklist`, abort.signal).then(
      setChecks,
      (error: unknown) => {
        if (!abort.signal.aborted) sayFailure(error)
      },
    )
    return () => abort.abort()
    // Whatever changed may have changed what is missing.
  }, [id, known])
  return checks
}
