import { signal } from "@preact/signals"
import type { JSX } from "preact"
import type { UnitLine } from "../../http/wire.ts"
import { chosen, desk, filter, pane, query, unit, VIEWS, type View, view } from "../model/desk.ts"
import { editing } from "../model/editing.ts"
import { FILTERS, fits } from "../model/rows.ts"
import { pull, sendReceipts } from "../model/jobs.ts"
import { work } from "../model/status.ts"
import { number, words } from "../words/words.ts"
import { helpOpen, switchLanguage, switchLight, light } from "./settings.ts"

// On a narrow screen filters and units stay folded until they are asked for.
const wideQuery = matchMedia("(min-width: 64.01rem)")
const wide = signal(wideQuery.matches)
wideQuery.addEventListener("change", () => {
  wide.value = wideQuery.matches
})

/** The first pane: where one can go, what the list shows, and who reports. */
export function Side(): JSX.Element {
  const { nav, filters, work: says, keys } = words.value
  const known = desk.value
  const counts: Record<View, number> = {
    inbox: known?.reports.length ?? 0,
    events: known?.events.length ?? 0,
    actions: known?.actions.length ?? 0,
    stories: known?.stories.length ?? 0,
  }
  return (
    <header class="side">
      <p class="desk-name">
        <bdi>{known?.desk.name ?? nav.desk}</bdi>
      </p>
      <button type="button" class="main pull" aria-disabled={work.value !== null} onClick={() => void pull()}>
        {says.pull} <kbd>r</kbd>
      </button>
      <nav aria-label={nav.main}>
        <ul class="plain places">
          {VIEWS.map((place) => (
            <li key={place}>
              <button
                type="button"
                aria-current={view.value === place ? "page" : undefined}
                aria-keyshortcuts={`g ${VIEW_KEYS[place]}`}
                onClick={() => goTo(place)}
              >
                <span>{nav[place]}</span>
                <span class="count">{number(counts[place])}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <details class="narrowing" open={wide.value}>
        <summary>{nav.filters}</summary>
        <fieldset class="filters">
          <legend>{nav.show}</legend>
          {FILTERS.map((name) => (
            <label class="check" key={name}>
              <input
                type="radio"
                name="filter"
                autocomplete="off"
                checked={filter.value === name}
                onChange={() => {
                  filter.value = name
                  view.value = "inbox"
                }}
              />
              <span>{filters[name]}</span>
              <span class="count">
                {number((known?.reports ?? []).filter((row) => fits(row, name)).length)}
              </span>
            </label>
          ))}
        </fieldset>
        <Units />
      </details>
      <p class="settings">
        <button type="button" class="quiet" onClick={() => void sendReceipts()}>
          {says.receipts} <kbd>y</kbd>
        </button>
        <button type="button" class="quiet" lang={words.value.language.otherCode} onClick={switchLanguage}>
          {words.value.language.other} <kbd>l</kbd>
        </button>
        <button type="button" class="quiet" onClick={switchLight}>
          {words.value.light[light.value]} <kbd>z</kbd>
        </button>
        <button type="button" class="quiet" onClick={() => (helpOpen.value = true)}>
          {keys.title} <kbd>?</kbd>
        </button>
      </p>
    </header>
  )
}

// Anybody can be a thousand anonymous witnesses: they stand apart, folded, so that the units are still found.
function Units(): JSX.Element {
  const { nav } = words.value
  const units = desk.value?.units ?? []
  const strangers = units.filter(({ standing }) => standing === "anonymous")
  return (
    <>
      <Senders legend={nav.people} units={units.filter((one) => !strangers.includes(one))} />
      {strangers.length > 0 && (
        <details>
          <summary>
            {nav.strangers} <span class="count">{number(strangers.length)}</span>
          </summary>
          <Senders legend={nav.strangers} units={strangers.slice(0, MAX_STRANGERS)} />
        </details>
      )}
    </>
  )
}

/** Most that are listed: a browser must not choke on a flood. The others are found by search. */
const MAX_STRANGERS = 200

function Senders(props: {
  readonly legend: string
  readonly units: readonly UnitLine[]
}): JSX.Element | null {
  const { nav } = words.value
  if (props.units.length === 0) return null
  return (
    <fieldset class="filters">
      <legend>{props.legend}</legend>
      {props.units.map(({ key, standing, reports }) => (
        <label class="check" key={key}>
          <input
            type="checkbox"
            autocomplete="off"
            checked={unit.value === key}
            onChange={(event) => {
              unit.value = event.currentTarget.checked ? key : null
              view.value = "inbox"
            }}
          />
          <span>
            <bdi class="mono">{key.slice(0, 6)}</bdi>
            {standing !== "known" && (
              <span class={standing === "contested" ? "red" : "amber"}> {nav.standing[standing]}</span>
            )}
          </span>
          <span class="count">{number(reports)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** The letter that goes to a list after `g`. */
export const VIEW_KEYS: Readonly<Record<View, string>> = {
  inbox: "i",
  events: "e",
  actions: "a",
  stories: "s",
}

/** Goes to a list. A form that is open stays open only where it belongs: the caller has asked. */
export function goTo(place: View): void {
  if (editing.value.length > 0) return
  view.value = place
  query.value = ""
  pane.value = "list"
  if (chosen.value[place] === null) unit.value = null
}
