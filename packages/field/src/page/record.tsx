import type { Basis, Consent } from "@govah/core/report"
import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Photo } from "../engine/photo.ts"
import type { DeskShown } from "../engine/protocol.ts"
import { Delivery } from "./delivery.tsx"
import { Choice, Lines } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"
import { Identify } from "./identify.tsx"
import { PhotoChooser } from "./photo.tsx"
import { type PlaceRefs, PlaceEntry, readPlace, usePlace } from "./place.tsx"
import type { Begun } from "./shell.ts"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"
import { readWhen, useWhen, WhenEntry } from "./when.tsx"

/**
 * One report, read top to bottom. What is typed stays in the page's own fields until it is sealed: no state, store,
 * address or form holds it.
 */
export function Record(props: {
  readonly state: State
  readonly desk: DeskShown
  /** How it was begun: a new object for each tap at home. */
  readonly begun: Begun
}): JSX.Element {
  if (props.state.following.value) return <Delivery state={props.state} desk={props.desk} />
  return <Draft {...props} />
}

function Draft({ state, desk, begun }: Parameters<typeof Record>[0]): JSX.Element {
  const words = state.words.value
  const text = useRef<HTMLTextAreaElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    scrollTo(0, 0)
    const first = begun.start === "words" ? text : heading
    first.current?.focus({ preventScroll: true })
  }, [begun])
  const place: PlaceRefs = usePlace()
  const when = useWhen()
  const [photo, setPhoto] = useState<Photo | null>(null)
  const [fromGallery, setFromGallery] = useState(false)
  const [basis, setBasis] = useState<Basis | null>(null)
  const [consent, setConsent] = useState<Consent>("nothing")
  const keeping = state.busy.value === "keeping"

  async function keep(): Promise<void> {
    const at = readWhen(when, words)
    if (at === null) {
      state.failure.value = "report-date"
      return
    }
    const input = {
      text: text.current?.value ?? "",
      language: words.language,
      place: readPlace(place),
      at,
      ...(basis === null ? {} : { basis }),
      consent: { publish: consent },
    }
    if (!(await state.keep(input, photo))) return
    state.following.value = true
  }

  return (
    <section aria-labelledby="record">
      <h1 id="record" tabIndex={-1} ref={heading}>
        {words.record.heading}
      </h1>
      <p class="promise">{words.record.promise(desk.name)}</p>
      <label class="field" for="words">
        {words.record.wordsLabel}
      </label>
      <Lines id="words" rows={5} into={text} />
      <PhotoChooser
        words={words}
        photo={photo}
        onPhoto={(chosen, gallery) => {
          setPhoto(chosen)
          setFromGallery(gallery)
        }}
      />
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
      <Foldout
        heading={words.consent.heading}
        value={words.consent.choices[consent]}
        note={words.consent.note}
      >
        <Choice name="consent" choices={words.consent.choices} chosen={consent} onChoose={setConsent} />
      </Foldout>
      <Identify words={words} photo={photo !== null} fromGallery={fromGallery} />
      {state.failure.value !== null && <Trouble text={words.failures[state.failure.value]} />}
      <button
        type="button"
        class="main keep"
        disabled={state.busy.value !== null}
        onClick={() => void keep()}
      >
        {keeping ? words.keep.working : words.keep.button}
      </button>
    </section>
  )
}
