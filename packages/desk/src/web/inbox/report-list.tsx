import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { ReportRow } from "../../desk.ts"
import { NO_TRACE } from "../forms/fields.tsx"
import { choose, chosen, desk, nowMs, query, rows } from "../model/desk.ts"
import { arrivedAtMs, DOUBTFUL, markWords, marksOf, placeOf } from "../model/rows.ts"
import { number, words } from "../words/words.ts"
import { age, bothCalendars, moment, shortDay } from "../words/time.ts"

/** The inbox: one line of facts a report, and under it the first words. */
export function ReportList(): JSX.Element {
  const { list } = words.value
  const { columns } = list
  const all = desk.value?.reports.length ?? 0
  return (
    <>
      <search class="search">
        <input
          type="search"
          id="search"
          {...NO_TRACE}
          aria-label={list.search}
          placeholder={`${list.search}: ${list.searchHint}`}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value
          }}
        />
        <kbd aria-hidden="true">/</kbd>
        <span class="count">{list.count(number(rows.value.length), number(all))}</span>
      </search>
      <div class="facts head" aria-hidden="true">
        <span>{columns.place}</span>
        <span>{columns.time}</span>
        <span>{columns.basis}</span>
        <span>{columns.grade}</span>
        <span>{columns.state}</span>
        <span>{columns.media}</span>
        <span>{columns.age}</span>
      </div>
      {rows.value.length === 0 ? (
        <p class="empty">{all === 0 ? list.nothingYet : list.nothingFits}</p>
      ) : (
        <ul class="rows">
          {rows.value.map((row) => (
            <li key={row.root}>
              <Row row={row} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Row({ row }: { readonly row: ReportRow }): JSX.Element {
  const { list, basis, basisLong } = words.value
  const isChosen = chosen.value.inbox === row.root
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: "nearest" })
  }, [isChosen])
  const marks = marksOf(row)
  const [mark] = marks
  const place = placeOf(row)
  const period = row.period ?? row.said?.period ?? null
  const media = row.said?.attachments ?? 0
  const arrivedMs = arrivedAtMs(row)
  return (
    <button
      ref={ref}
      type="button"
      class={`row${marks.includes("new") ? " new" : ""}`}
      aria-current={isChosen ? "true" : undefined}
      data-root={row.root}
      onClick={() => choose("inbox", row.root, true)}
    >
      <span class="facts">
        <span class={row.place === null ? "said" : ""}>
          <span class="cut" dir="auto">
            {place ?? list.noPlace}
          </span>
        </span>
        <span
          class={row.period === null ? "said" : ""}
          title={period === null ? undefined : bothCalendars(period)}
        >
          {period === null ? list.noTime : shortDay(period)}
        </span>
        <span title={row.said === null ? undefined : basisLong[row.said.basis]}>
          {row.said === null ? "" : basis[row.said.basis]}
        </span>
        <span class="grade">
          <bdi>{row.grade === null ? list.noGrade : `${row.grade.reliability}${row.grade.credibility}`}</bdi>
        </span>
        <span
          class={`state ${toneOf(mark as (typeof marks)[number])}`}
          title={marks.map((m) => markWords(m, row)).join(" · ")}
        >
          {markWords(mark as (typeof marks)[number], row)}
        </span>
        <span class="media-count" title={list.media(number(media))}>
          {media === 0 ? "" : <span aria-label={list.media(number(media))}>{`▣ ${number(media)}`}</span>}
        </span>
        <span class="age" title={moment(arrivedMs)}>
          {age(arrivedMs, nowMs.value)}
        </span>
      </span>
      <span class="first-words" dir="auto">
        {row.said === null ? list.closedWords : row.said.words === "" ? list.noWords : row.said.words}
      </span>
    </button>
  )
}

function toneOf(mark: ReturnType<typeof marksOf>[number]): string {
  if (mark === "bad-signature" || mark === "contested" || mark === "two-versions" || mark === "unreadable") {
    return "red"
  }
  const isAmber = mark === "waiting" || mark === "recording" || mark === "cut" || mark === "late"
  return DOUBTFUL.has(mark) || isAmber ? "amber" : mark
}
