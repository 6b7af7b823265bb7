import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Standing } from "../engine/protocol.ts"
import { CutRecordings } from "./cut-recordings.tsx"
import { FromDesk } from "./from-desk.tsx"
import { Icon } from "./icon.tsx"
import { Kept } from "./kept.tsx"
import { LastHeard } from "./last-heard.tsx"
import { PageHeading } from "./page-heading.tsx"
import type { Start } from "./places.ts"
import { later } from "./later.tsx"
import type { State } from "./state.ts"

const News = later(async () => (await import("./news.tsx")).News)
const WitnessStanding = later(async () => (await import("./witness-standing.tsx")).WitnessStanding)

const STARTS: readonly Start[] = ["photo", "video", "sound", "words"]

/** The one screen: warnings, four ways to begin, what waits and has arrived, news. */
export function Home(props: {
  readonly state: State
  readonly standing: Standing
  readonly takesFocus: boolean
}): JSX.Element {
  const { state, standing } = props
  const words = state.words.value
  return (
    <>
      <FromDesk state={state} standing={standing} />
      <CutRecordings words={words} standing={standing} />
      <section aria-labelledby="home">
        <PageHeading id="home" takesFocus={props.takesFocus}>
          {words.shell.home.heading}
        </PageHeading>
        {standing.desk !== null && <p class="promise">{words.record.promise(standing.desk.name)}</p>}
        {standing.desk !== null && (
          <LastHeard words={words} standing={standing} today={new Date().toISOString().slice(0, 10)} />
        )}
        <div class="starts">
          {STARTS.map((start) => (
            <button type="button" key={start} onClick={() => state.shell.begin(start)}>
              <Icon name={start} />
              {words.shell.home.start[start]}
            </button>
          ))}
        </div>
        {(state.shell.begun.value !== null || state.draft.left.value !== null) && (
          <BegunReport state={state} />
        )}
      </section>
      {standing.witness !== null && <WitnessStanding state={state} standing={standing} />}
      <Kept state={state} standing={standing} />
      {standing.bulletins.length + standing.calls.length > 0 && <News words={words} standing={standing} />}
    </>
  )
}

/**
 * A report that was begun and left: it waits in memory until it is kept or thrown away. Where one asks to throw it away,
 * *no* stands: tapping twice throws nothing away.
 */
function BegunReport({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.shell.home
  const [asked, setAsked] = useState(false)
  return (
    <div class="begun">
      <p>{asked ? words.dropSure : words.begun}</p>
      <div class="row">
        <button
          type="button"
          class="second"
          onClick={() => {
            if (asked) {
              state.draft.discard()
              state.shell.drop()
            } else if (state.shell.begun.value === null) state.shell.begin("words")
            else state.shell.go("report")
          }}
        >
          {asked ? words.dropYes : words.goOn}
        </button>
        <button type="button" class="second" onClick={() => setAsked(!asked)}>
          {asked ? words.dropNo : words.drop}
        </button>
      </div>
    </div>
  )
}
