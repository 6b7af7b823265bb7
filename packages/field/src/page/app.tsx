import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { Failure } from "../engine/failure.ts"
import type { Standing } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { onBackButton } from "./back.ts"
import { Damaged } from "./damaged.tsx"
import { FirstPassphrase } from "./first-passphrase.tsx"
import { Home } from "./home.tsx"
import { Join } from "./join.tsx"
import { later } from "./later.tsx"
import { lazy } from "./lazy.tsx"
import { OnAir } from "./on-air.tsx"
import type { Record as RecordPart } from "./record.tsx"
import type { State } from "./state.ts"
import { Top } from "./top.tsx"
import { AlarmScreen } from "./trust/alarm.tsx"
import { pageBox } from "./box/page-box.ts"
import { Update } from "./trust/update.tsx"
import { Trouble } from "./trouble.tsx"
import { Unlock } from "./unlock.tsx"

const More = later(async () => (await import("./more.tsx")).More)
// Fetched as soon as the first screen stands: a tap on a way to begin must not wait for it.
const loadRecord = async (): Promise<typeof RecordPart> => (await import("./record.tsx")).Record
const Record = lazy(loadRecord)
const BoxBar = later(async () => (await import("./box/box-bar.tsx")).BoxBar)

/** What stands on the screen. */
export function App({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const standing = state.standing.value
  const failure = state.failure.value
  const lock = state.lock.state.value
  const alarm = state.program.alarm.value
  const box = pageBox()
  // Under an alarm no code is fetched: it might be that of whoever caused it.
  const mayFetch = lock !== null && alarm === null
  useEffect(() => {
    if (mayFetch) loadRecord().catch(() => undefined)
  }, [mayFetch])
  if (alarm !== null && alarm !== undefined) {
    return (
      <main>
        <AlarmScreen words={words} alarm={alarm} program={state.program} />
      </main>
    )
  }
  return (
    <>
      <Top state={state} onBack={() => goBack(state)} />
      <main>
        {box !== null && (
          <BoxBar
            words={words}
            box={box}
            onOpened={() => {
              state.lock.lockNow()
              void state.lock.ask()
            }}
          />
        )}
        {state.shell.page.value === "home" && <Update words={words} program={state.program} />}
        {lock === null && failure === null && <output>{words.opening}</output>}
        {lock === null && failure !== null && <Closed words={words} failure={failure} />}
        {lock === "damaged" && <Damaged state={state} />}
        {lock === "locked" && <Unlock state={state} />}
        {lock === "none" &&
          (state.locking.value ? <FirstPassphrase state={state} /> : <Join state={state} />)}
        {lock === "open" &&
          standing === null &&
          (failure === null ? <output>{words.opening}</output> : <Closed words={words} failure={failure} />)}
        {lock === "open" && standing !== null && standing.desk === null && <Join state={state} />}
        {lock === "open" && standing !== null && standing.desk !== null && (
          <Pages state={state} standing={standing} />
        )}
      </main>
    </>
  )
}

/** Nothing can be done here: why, and what can be done elsewhere. */
function Closed({ words, failure }: { readonly words: Words; readonly failure: Failure }): JSX.Element {
  return (
    <section aria-labelledby="closed">
      <h1 id="closed">{words.closed}</h1>
      <Trouble text={words.failures[failure]} />
    </section>
  )
}

function Pages({ state, standing }: { readonly state: State; readonly standing: Standing }): JSX.Element {
  const page = state.shell.page.value
  const begun = state.shell.begun.value
  const isFirst = useRef(true)
  if (page !== "home") isFirst.current = false
  useEffect(() => {
    // What went wrong was said where it was asked for.
    state.failure.value = null
    return page === "home" ? undefined : onBackButton(() => goBack(state))
  }, [page])
  return (
    <>
      {page !== "report" && <OnAir state={state} />}
      {page === "home" && <Home state={state} standing={standing} takesFocus={!isFirst.current} />}
      {/* What was typed stays in its fields while another page is looked at: nothing else holds it. */}
      {begun !== null && standing.desk !== null && (
        <div hidden={page !== "report"}>
          <Record
            key={begun.report}
            state={state}
            desk={standing.desk}
            begun={begun}
            failed={state.words.value.qr.failed}
          />
        </div>
      )}
      {page === "more" && <More state={state} />}
    </>
  )
}

/** Back home. A report that was kept is done with; one that was not waits there. */
export function goBack(state: State): void {
  if (state.busy.value === "keeping") return
  state.failure.value = null
  if (state.following.value) {
    state.following.value = false
    state.shell.drop()
  }
  state.shell.go("home")
}
