import type { Basis } from "@govah/core/report"
import { useComputed, useSignal, useSignalEffect } from "@preact/signals"
import type { JSX } from "preact"
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { SavedDraft } from "../draft/index.ts"
import type { DeskShown } from "../engine/protocol.ts"
import type { ReportInput } from "../report/index.ts"
import { ActionEntry, useAction } from "./action.tsx"
import { ClaimsEntry, readClaims, saveClaims, useClaims } from "./claims.tsx"
import { ConsentEntry, readConsent, saveConsent, useConsent } from "./consent.tsx"
import { Choice, Lines } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"
import { Identify } from "./identify.tsx"
import { KeepPart } from "./keep-part.tsx"
import { askBeforeLeaving } from "./leaving.ts"
import { MediaStrip } from "./media-strip.tsx"
import { localDay } from "./day-entry.tsx"
import { type PlaceRefs, PlaceEntry, readPlace, savePlace, usePlace } from "./place.tsx"
import type { Recorded, ReportMedium } from "./report-media.ts"
import type { Begun } from "./shell.ts"
import type { State } from "./state.ts"
import { readWhen, saveWhen, useWhen, WhenEntry } from "./when.tsx"

/**
 * One report, read top to bottom. What is typed stays in the page's own fields until it is sealed: no state, address or
 * form holds it, and no store but the sealed draft.
 */
export function Draft(props: {
  readonly state: State
  readonly desk: DeskShown
  /** How it was begun: a new object for each tap at home. */
  readonly begun: Begun
}): JSX.Element {
  const { state, desk, begun } = props
  const words = state.words.value
  const text = useRef<HTMLTextAreaElement>(null)
  // What the last start left goes back into the fields.
  const [saved] = useState(state.draft.left.value)
  const place: PlaceRefs = usePlace(saved?.place)
  const when = useWhen(saved, words)
  const claims = useClaims(saved?.claims ?? [])
  const action = useAction(saved?.action ?? null)
  const consent = useConsent(saved?.consent)
  const [basis, setBasis] = useState<Basis | null>(saved?.basis ?? null)
  const media = useSignal<readonly ReportMedium[]>([])
  const adding = useRef<Promise<void>[]>([])
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  const isLive = state.shell.isRecording.value
  const live = useRef<(() => Promise<Recorded | null>) | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // Before anybody sees the field: what is typed into it is never overwritten.
  useLayoutEffect(() => {
    if (text.current !== null) text.current.value = saved?.text ?? ""
    state.draft.left.value = null
    return state.draft.stop
  }, [])
  // The engine erases what was saved when it has kept it; nothing may be saved after that.
  const isBeingKept = useRef(false)
  const changed = (): void => {
    if (!isBeingKept.current) state.draft.changed(readAsItStands)
  }
  // What is chosen makes the page anew; what is typed does not.
  useEffect(changed)
  useEffect(() => {
    scrollTo(0, 0)
    const first = begun.start === "words" ? text : heading
    first.current?.focus({ preventScroll: true })
  }, [begun])
  // What is typed is saved, and what was recorded is sealed. A photo from here, or the rest of a film, is nowhere else.
  const isOnlyHere = useComputed(
    () =>
      state.shell.isRecording.value ||
      state.busy.value === "keeping" ||
      media.value.some((one) => !one.isFromPhone),
  )
  // Not by drawing the page anew: that is what the tap on *keep* would wait for.
  useSignalEffect(() => (isOnlyHere.value ? askBeforeLeaving() : undefined))

  /** What is said so far; what cannot be read yet is left out. */
  function readSoFar(): ReportInput {
    const at = readWhen(when, words)
    const said = readClaims(claims)
    const may = readConsent(consent, words)
    return {
      text: text.current?.value ?? "",
      language: words.language,
      place: readPlace(place),
      ...(at === null ? {} : { at }),
      ...(basis === null ? {} : { basis }),
      ...(said === null ? {} : { claims: said }),
      ...(may === null ? {} : { consent: may }),
      action: action.chosen,
    }
  }

  /** Every answer as it stands, whether it can be used or not; null where there is none. */
  function readAsItStands(): SavedDraft | null {
    const typed = text.current?.value ?? ""
    const at = savePlace(place)
    const { chosen } = action
    const hasMedia = media.value.length > 0
    const isSaid =
      typed !== "" || at.name !== "" || at.found !== null || when.chosen !== "unsaid" || basis !== null
    const isChosen = claims.lines.length > 0 || chosen !== null || consent.publish !== "nothing"
    if (!isSaid && !isChosen && !hasMedia) return null
    return {
      v: 1,
      on: localDay(),
      text: typed,
      place: at,
      when: saveWhen(when, words),
      basis,
      claims: saveClaims(claims),
      action: chosen === null ? null : { kind: chosen.kind, campaign: chosen.campaign ?? null },
      consent: saveConsent(consent, words),
      media: hasMedia,
    }
  }

  async function keep(): Promise<void> {
    await Promise.allSettled(adding.current)
    const last = live.current === null ? recorded : await live.current()
    const input = readSoFar()
    state.failure.value =
      input.at === undefined || input.consent === undefined
        ? "report-date"
        : input.claims === undefined
          ? "report-claim"
          : null
    if (state.failure.value !== null) return
    const pictures = [last?.thumbnail, ...media.value.map((one) => one.thumbnail)]
    const content = {
      media: media.value.map((one) => one.medium),
      thumbnail: pictures.find((one) => one !== null && one !== undefined) ?? null,
      withRecording: last !== null,
    }
    isBeingKept.current = true
    state.draft.forget()
    if (!(await state.keep(input, content))) {
      isBeingKept.current = false
      changed()
      return
    }
    state.following.value = true
  }

  return (
    <section aria-labelledby="record" onInput={changed}>
      <h1 id="record" tabIndex={-1} ref={heading}>
        {words.record.heading}
      </h1>
      <p class="promise">{words.record.promise(desk.name)}</p>
      {saved?.media === true && media.value.length === 0 && <p class="note">{words.record.mediaGone}</p>}
      <MediaStrip
        words={words}
        begun={begun}
        media={media.value}
        onAdding={(one) => adding.current.push(one)}
        onMedia={(change) => {
          media.value = change(media.value)
        }}
        recorded={recorded}
        onRecorded={setRecorded}
        port={{
          begin: async (type) => await state.recording.begin(readSoFar(), type),
          slice: state.recording.slice,
        }}
        onDiscard={state.recording.discard}
        live={live}
        onAir={(device) => {
          state.shell.onAir.value = device
        }}
        onLive={(isOn) => {
          state.shell.isRecording.value = isOn
        }}
      />
      <label class="field words" for="words">
        {words.record.wordsLabel}
      </label>
      <Lines id="words" rows={5} into={text} />
      <p class="note rest">{words.record.rest}</p>
      <PlaceEntry words={words} refs={place} />
      <WhenEntry words={words} when={when} />
      <Foldout
        heading={words.basis.heading}
        value={basis === null ? words.unsaid : words.basis.choices[basis]}
        note={words.basis.skip}
      >
        <Choice name="basis" choices={words.basis.choices} chosen={basis} onChoose={setBasis} />
      </Foldout>
      <ClaimsEntry words={words} claims={claims} />
      <ActionEntry
        words={words}
        action={action}
        calls={(state.standing.value?.calls ?? []).map(({ call }) => call)}
      />
      <ConsentEntry words={words} consent={consent} />
      <Identify words={words} media={media.value} recorded={recorded} />
      <KeepPart state={state} isLive={isLive} onKeep={() => void keep()} />
    </section>
  )
}
