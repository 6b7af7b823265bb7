import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Lines } from "./entry.tsx"
import { formatDay } from "./format.ts"
import { lazy } from "./lazy.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

// Most people bring an invitation.
const Witness = lazy(async () => (await import("./witness.tsx")).Witness)
const QrRead = lazy(async () => (await import("./qr-read.tsx")).QrRead)

/** The first time: an invitation is pasted, read, and accepted by a person who knows whom to expect. */
export function Join({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const [isFilming, setFilming] = useState(false)
  const text = useRef<HTMLTextAreaElement>(null)
  const invitation = state.invitation.value
  const failure = state.failure.value
  const busy = state.busy.value !== null
  // The button that was pressed is gone: whoever uses a keyboard goes on from the top of what came instead.
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (invitation !== null) heading.current?.focus()
  }, [invitation])
  if (invitation !== null && invitation.keyWords !== null)
    return <Witness state={state} failed={words.failures.unknown} />
  return (
    <section aria-labelledby="join">
      <h1 id="join" tabIndex={-1} ref={heading}>
        {words.join.heading}
      </h1>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      {invitation === null ? (
        <>
          <p>{words.join.what}</p>
          <p class="note">{words.witness.noInvitation}</p>
          <label class="field" for="invitation">
            {words.join.label}
          </label>
          <Lines id="invitation" rows={5} into={text} ltr />
          <button
            type="button"
            class="main"
            disabled={busy}
            onClick={() => void state.readInvitation(text.current?.value ?? "")}
          >
            {words.join.read}
          </button>
          {isFilming ? (
            <QrRead
              words={words}
              failed={words.qr.failed}
              onClosed={() => setFilming(false)}
              onObject={(object) => {
                if (object.kind !== "invitation") return
                setFilming(false)
                void state.readInvitation(object.text)
              }}
            />
          ) : (
            <button type="button" class="second" disabled={busy} onClick={() => setFilming(true)}>
              {words.qr.readInvitation}
            </button>
          )}
        </>
      ) : (
        <>
          <p>{words.join.from}</p>
          <p class="desk">
            <bdi>{invitation.desk.name}</bdi>
          </p>
          {invitation.lastDay !== null && (
            <p class="note">{words.join.lastDay(formatDay(invitation.lastDay, words))}</p>
          )}
          <p>{words.join.question}</p>
          <button type="button" class="main" disabled={busy} onClick={() => void state.join()}>
            {words.join.yes}
          </button>
          <button
            type="button"
            class="second"
            disabled={busy}
            onClick={() => {
              state.invitation.value = null
            }}
          >
            {words.join.no}
          </button>
        </>
      )}
    </section>
  )
}
