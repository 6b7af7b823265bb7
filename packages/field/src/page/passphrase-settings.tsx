import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { Learn } from "./learn.tsx"
import { Secret } from "./secret.tsx"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

type Step = "told" | "learning" | "done"

/** Another passphrase instead of the one that is known. */
export function PassphraseSetting({ state }: { readonly state: State }): JSX.Element {
  const { change } = state.words.value.lock
  const current = useRef<HTMLInputElement>(null)
  const [step, setStep] = useState<Step>("told")
  return (
    <Setting heading={change.heading}>
      <p>{change.what}</p>
      {step === "done" && <output>{change.done}</output>}
      {step !== "learning" && (
        <button type="button" class="second" onClick={() => setStep("learning")}>
          {change.begin}
        </button>
      )}
      {step === "learning" && (
        <>
          <Secret
            state={state}
            id="passphrase-now"
            label={change.current}
            into={current}
            onEnter={() => undefined}
            takesFocus
          />
          <Wrong state={state} />
          <Learn
            state={state}
            take={change.take}
            onTyped={(next) =>
              void state
                .guarded(() => state.lock.change(current.current?.value ?? "", next))
                .then((isDone) => isDone && setStep("done"))
            }
          />
        </>
      )}
    </Setting>
  )
}

/** A second one, that opens an empty app and wipes the rest: what it is good for, and what it is not. */
export function DuressSetting({ state }: { readonly state: State }): JSX.Element {
  const { duress } = state.words.value.lock
  const current = useRef<HTMLInputElement>(null)
  const [step, setStep] = useState<Step | "removing">("told")
  const passphrase = (): string => current.current?.value ?? ""
  return (
    <Setting heading={duress.heading}>
      {duress.texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {step === "done" && <output>{duress.done}</output>}
      {(step === "told" || step === "done") && (
        <div class="row">
          <button type="button" class="second" onClick={() => setStep("learning")}>
            {duress.begin}
          </button>
          <button type="button" class="second" onClick={() => setStep("removing")}>
            {duress.remove}
          </button>
        </div>
      )}
      {(step === "learning" || step === "removing") && (
        <>
          <Secret
            state={state}
            id="passphrase-first"
            label={duress.current}
            into={current}
            onEnter={() => undefined}
            takesFocus
          />
          <Wrong state={state} />
        </>
      )}
      {step === "removing" && (
        <button
          type="button"
          class="second"
          onClick={() =>
            void state
              .guarded(() => state.lock.setDuress(passphrase(), null))
              .then((isDone) => isDone && setStep("done"))
          }
        >
          {duress.removeNow}
        </button>
      )}
      {step === "learning" && (
        <Learn
          state={state}
          take={duress.take}
          onTyped={(next) =>
            void state
              .guarded(() => state.lock.setDuress(passphrase(), next))
              .then((isDone) => isDone && setStep("done"))
          }
        />
      )}
    </Setting>
  )
}

function Wrong({ state }: { readonly state: State }): JSX.Element | null {
  const failure = state.failure.value
  return failure === null ? null : <Trouble text={state.words.value.failures[failure]} />
}
