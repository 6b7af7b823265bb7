import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Line, Lines } from "./entry.tsx"
import { formatCount } from "./format.ts"
import { PageHeading } from "./page-heading.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** How many of the seven words are written back before they count as noted. */
const PROVED = 3

/** What a person with a public card goes through until they have joined. */
export function Witness({ state }: { readonly state: State }): JSX.Element {
  switch (state.witness.step.value) {
    case "fresh":
      return <FreshWords state={state} />
    case "proof":
      return <Proof state={state} />
    case "back":
      return <Back state={state} />
    default:
      return <Card state={state} />
  }
}

/** Whose card it is, six words to compare, and what anonymous means. */
function Card({ state }: { readonly state: State }): JSX.Element | null {
  const words = state.words.value.witness.card
  const { language } = state.words.value
  const busy = state.busy.value !== null
  const invitation = state.invitation.value
  if (invitation?.keyWords === null || invitation === null) return null
  const { keyWords, desk } = invitation
  return (
    <section aria-labelledby="witness">
      <PageHeading id="witness" takesFocus>
        {words.heading}
      </PageHeading>
      <p>{words.from}</p>
      <p class="desk">
        <bdi>{desk.name}</bdi>
      </p>
      <p>{words.compare}</p>
      <ol class="passphrase" dir="ltr" lang="en">
        {keyWords.words.map((word, place) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p class="note">
        {words.numbers}{" "}
        <bdi dir="ltr">
          {keyWords.numbers
            .map((one) => digits(one, language === "en" || language === "kmr" ? "en" : "fa"))
            .join(" ")}
        </bdi>
      </p>
      <h2>{words.meansHeading}</h2>
      <ul>
        {words.means.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <button type="button" class="main" disabled={busy} onClick={() => (state.witness.step.value = "fresh")}>
        {words.isNew}
      </button>
      <button
        type="button"
        class="second"
        disabled={busy}
        onClick={() => (state.witness.step.value = "back")}
      >
        {words.isBack}
      </button>
      <button type="button" class="second" disabled={busy} onClick={() => void state.join()}>
        {words.once}
      </button>
      <p class="note">{words.onceNote}</p>
      <button type="button" class="second" disabled={busy} onClick={() => (state.invitation.value = null)}>
        {words.no}
      </button>
    </section>
  )
}

/** Seven words, shown once. */
function FreshWords({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.witness.fresh
  const { language } = state.words.value
  const { witness } = state
  const proposed = witness.proposed.value
  const busy = state.busy.value !== null
  const drawn = useRef<string | null>(null)
  useEffect(() => {
    // Whoever comes back from writing them finds the same; another language has other words.
    if (proposed !== null && (drawn.current === null || drawn.current === language)) {
      drawn.current = language
      return
    }
    drawn.current = language
    void state.proposeWords()
  }, [language])
  return (
    <section aria-labelledby="fresh">
      <PageHeading id="fresh" takesFocus>
        {words.heading}
      </PageHeading>
      <p>{words.what}</p>
      <ol class="passphrase">
        {(proposed ?? []).map((word, place) => (
          // Words may come twice: the place is what tells them apart.
          <li key={place}>{word}</li>
        ))}
      </ol>
      {words.care.map((text) => (
        <p class="note" key={text}>
          {text}
        </p>
      ))}
      <button
        type="button"
        class="main"
        disabled={busy || proposed === null}
        onClick={() => (witness.step.value = "proof")}
      >
        {words.noted}
      </button>
      <button type="button" class="second" disabled={busy} onClick={() => void state.proposeWords()}>
        {words.another}
      </button>
      <button type="button" class="second" disabled={busy} onClick={witness.drop}>
        {state.words.value.witness.back.cancel}
      </button>
    </section>
  )
}

/** Three of the seven are written back: who only tapped on finds out while the words can still be shown. */
function Proof({ state }: { readonly state: State }): JSX.Element | null {
  const words = state.words.value.witness.proof
  const { witness } = state
  const proposed = witness.proposed.value
  const [places] = useState(() => drawPlaces(proposed?.length ?? 0))
  const typed = useRef<string[]>([])
  const busy = state.busy.value !== null
  if (proposed === null) return null
  const go = async (): Promise<void> => {
    // The others are known: what is read back as seven words is what the engine drew.
    const all = proposed.map((word, place) => {
      const at = places.indexOf(place)
      return at < 0 ? word : (typed.current[at] ?? "")
    })
    await state.joinWithWords(all.join(" "), proposed.join(" "))
  }
  return (
    <section aria-labelledby="proof">
      <PageHeading id="proof" takesFocus>
        {words.heading}
      </PageHeading>
      {witness.trouble.value !== null && <Trouble text={words.wrong} />}
      <p>{words.what}</p>
      {places.map((place, at) => (
        <p key={place}>
          <label class="field" for={`word-${place}`}>
            {words.label(formatCount(place + 1, state.words.value))}
          </label>
          <TypedWord id={`word-${place}`} onInput={(value) => (typed.current[at] = value)} />
        </p>
      ))}
      <button type="button" class="main" disabled={busy} onClick={() => void go()}>
        {words.done}
      </button>
      <button
        type="button"
        class="second"
        disabled={busy}
        onClick={() => {
          witness.trouble.value = null
          witness.step.value = "fresh"
        }}
      >
        {words.again}
      </button>
    </section>
  )
}

function TypedWord(props: { readonly id: string; readonly onInput: (value: string) => void }): JSX.Element {
  const into = useRef<HTMLInputElement>(null)
  return <Line id={props.id} into={into} onInput={props.onInput} />
}

/** Somebody comes back with seven words. */
function Back({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.witness.back
  const { witness } = state
  const text = useRef<HTMLTextAreaElement>(null)
  const busy = state.busy.value !== null
  const trouble = witness.trouble.value
  return (
    <section aria-labelledby="back">
      <PageHeading id="back" takesFocus>
        {words.heading}
      </PageHeading>
      {trouble !== null && (
        <Trouble
          text={
            trouble === "wrong-count"
              ? words.wrongCount
              : words.unknownWord(
                  witness.places.value
                    .map((place) => formatCount(place + 1, state.words.value))
                    .join(words.comma),
                )
          }
        />
      )}
      <p>{words.what}</p>
      <label class="field" for="seven">
        {words.label}
      </label>
      <Lines id="seven" rows={3} into={text} />
      <button
        type="button"
        class="main"
        disabled={busy}
        onClick={() => void state.joinWithWords(text.current?.value ?? "", null)}
      >
        {words.go}
      </button>
      <button type="button" class="second" disabled={busy} onClick={witness.drop}>
        {words.cancel}
      </button>
    </section>
  )
}

/** Places of the seven that are asked for, in order. Which ones is no secret: chance only keeps them from being learnt. */
function drawPlaces(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, place) => place)
  for (let i = all.length - 1; i > 0; i--) {
    const [drawn] = crypto.getRandomValues(new Uint8Array(1))
    const j = (drawn as number) % (i + 1)
    ;[all[i], all[j]] = [all[j] as number, all[i] as number]
  }
  return all.slice(0, PROVED).toSorted((a, b) => a - b)
}

// Four digits each, zeros in front too: no number that a person would count with.
function digits(number: string, language: "fa" | "en"): string {
  if (language === "en") return number
  return number.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)))
}
