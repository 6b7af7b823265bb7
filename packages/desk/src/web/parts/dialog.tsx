import { type Signal, signal } from "@preact/signals"
import type { ComponentChildren, JSX } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"

/** A dialog over the page. Escape and the close button both call `close`. */
export function Dialog(props: {
  readonly label: string
  readonly close: () => void
  readonly wide?: boolean
  readonly children: ComponentChildren
}): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null)
  // Before anything else can happen: until it is modal, keys go to the page below it.
  useLayoutEffect(() => ref.current?.showModal(), [])
  return (
    <dialog
      ref={ref}
      aria-label={props.label}
      class={props.wide ? "wide" : ""}
      onCancel={(event) => {
        event.preventDefault()
        props.close()
      }}
    >
      {props.children}
    </dialog>
  )
}

interface Question {
  readonly title: string
  readonly body: ComponentChildren
  readonly yes: string
  readonly no: string
  readonly danger: boolean
  readonly answer: (yes: boolean) => void
}

const question: Signal<Question | null> = signal(null)

/** Asks before something that cannot be taken back. False for Escape. */
export function ask(what: Omit<Question, "answer">): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      ...what,
      answer: (yes) => {
        question.value = null
        resolve(yes)
      },
    }
  })
}

/** Where questions appear. One in the page. The safe answer has the focus. */
export function QuestionDialog(): JSX.Element | null {
  const asked = question.value
  const no = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => no.current?.focus(), [asked])
  if (asked === null) return null
  return (
    <Dialog label={asked.title} close={() => asked.answer(false)}>
      <h2>{asked.title}</h2>
      {asked.body}
      <p class="buttons">
        <button type="button" ref={no} onClick={() => asked.answer(false)}>
          {asked.no}
        </button>
        <button type="button" class={asked.danger ? "danger" : "main"} onClick={() => asked.answer(true)}>
          {asked.yes}
        </button>
      </p>
    </Dialog>
  )
}
