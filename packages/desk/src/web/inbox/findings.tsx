import { credibilities, measures, precisions, reliabilities } from "@govah/core/publication"
import type { JSX } from "preact"
import type { ReportView } from "../../desk.ts"
import { editClaim } from "../forms/claim-form.tsx"
import { choose, desk } from "../model/desk.ts"
import { gradeLetter } from "../model/grading.ts"
import { startAction, startClaim, startDate, startEvent, startNote, startPlace } from "../model/starting.ts"
import { language, words } from "../words/words.ts"
import { bothCalendars } from "../words/time.ts"
import { numberWords } from "./said-by-witness.tsx"

/** What the desk found of a report, and what it made from it. */
export function Findings({ view }: { readonly view: ReportView }): JSX.Element {
  const { item } = words.value
  const lang = language.value
  const letter = gradeLetter.value
  const actions = (desk.value?.actions ?? []).filter((action) => action.supports.includes(view.root))
  const publications = view.publications
  return (
    <section aria-labelledby="found-title">
      <h2 id="found-title">{item.verified}</h2>
      <dl class="findings">
        <dt>{item.grade}</dt>
        <dd>
          {letter !== null ? (
            <strong class="amber">{item.gradeNow(letter)}</strong>
          ) : view.grade === null ? (
            <span class="amber">{item.notYet}</span>
          ) : (
            <span>
              <strong>
                <bdi>{`${view.grade.reliability}${view.grade.credibility}`}</bdi>
              </strong>{" "}
              {reliabilities[view.grade.reliability][lang]} · {credibilities[view.grade.credibility][lang]}
            </span>
          )}
          <span class="hint"> {item.gradeHint}</span>
        </dd>
        <dt>{item.where}</dt>
        <dd>
          {view.place === null ? (
            <span class="amber">{item.notYet}</span>
          ) : (
            <span>
              {view.place.name[lang]}
              {view.place.province !== null && ` · ${view.place.province[lang]}`}{" "}
              <span class="hint">({precisions[view.place.precision][lang]})</span>
            </span>
          )}
          <button type="button" class="quiet" onClick={() => startPlace(view)}>
            {view.place === null ? item.set : item.change} <kbd>p</kbd>
          </button>
        </dd>
        <dt>{item.when}</dt>
        <dd>
          {view.period === null ? (
            <span class="amber">{item.notYet}</span>
          ) : (
            <span>{bothCalendars(view.period)}</span>
          )}
          <button type="button" class="quiet" onClick={() => startDate(view)}>
            {view.period === null ? item.set : item.change} <kbd>t</kbd>
          </button>
        </dd>
        {view.notes.length > 0 && (
          <>
            <dt>{item.notes}</dt>
            <dd>
              {view.notes.map((note, i) => (
                <p key={i} dir="auto" class="note">
                  {note}
                </p>
              ))}
            </dd>
          </>
        )}
        <dt>{item.supports}</dt>
        <dd>
          {view.claims.length + actions.length === 0 && <span>{item.supportsNone}</span>}
          <ul class="plain">
            {view.claims.map((claim) => (
              <li key={claim.id}>
                <bdi class="mono">{claim.id}</bdi> {measures[claim.measure][lang]} {numberWords(claim)} –{" "}
                <bdi>{claim.claimant.name[lang]}</bdi>{" "}
                <button type="button" class="quiet" onClick={() => editClaim(claim)}>
                  {item.change}
                </button>{" "}
                <button type="button" class="quiet" onClick={() => choose("events", claim.event, true)}>
                  <bdi>{claim.event}</bdi>
                </button>
              </li>
            ))}
            {actions.map((action) => (
              <li key={action.id}>
                <button type="button" class="quiet" onClick={() => choose("actions", action.id, true)}>
                  <bdi>{action.id}</bdi>
                </button>{" "}
                {action.words[lang]}
              </li>
            ))}
          </ul>
          {publications.length > 0 && (
            <p>
              {item.inPublic}: <bdi>{publications.join(" · ")}</bdi>
            </p>
          )}
        </dd>
      </dl>
      {view.report !== null && (
        <p class="buttons start">
          <span class="hint">{item.make}:</span>
          <button type="button" onClick={() => startClaim(view)}>
            {item.makeClaim} <kbd>n</kbd>
          </button>
          <button type="button" onClick={() => startEvent(view)}>
            {item.makeEvent} <kbd>v</kbd>
          </button>
          <button type="button" onClick={() => startAction(view)}>
            {item.makeAction} <kbd>w</kbd>
          </button>
          <button type="button" onClick={() => startNote(view)}>
            {item.makeNote} <kbd>o</kbd>
          </button>
        </p>
      )}
    </section>
  )
}
