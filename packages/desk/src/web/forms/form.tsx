import type { ComponentChildren, JSX } from "preact"
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { closeForm, dirty } from "../model/editing.ts"
import { ask } from "../parts/dialog.tsx"
import { words } from "../words/words.ts"

/**
 * The frame of every form: its title, its fields, what is still missing, and how to save or leave it.
 *
 * It is no `<form>`: what a browser submits, it writes to its session file. Ctrl+Enter saves, Escape leaves.
 */
export function Form(props: {
  readonly title: string
  readonly fromReport?: boolean
  readonly missing: readonly string[]
  readonly saveLabel?: string
  /** Whether it was saved. */
  readonly save: () => Promise<boolean>
  readonly children: ComponentChildren
}): JSX.Element {
  const { forms } = words.value
  const ref = useRef<HTMLFieldSetElement>(null)
  const [busy, setBusy] = useState(false)
  // Before anything else can happen: a key pressed a moment later must not land beside the field it was meant for.
  useLayoutEffect(() => {
    ref.current?.querySelector<HTMLElement>("input:not([disabled]), textarea, select")?.focus()
  }, [])
  async function save(): Promise<void> {
    if (busy || props.missing.length > 0) return
    setBusy(true)
    if (await props.save()) closeForm()
    else setBusy(false)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed in its fields bubble to it
    <fieldset
      ref={ref}
      class="form"
      aria-label={props.title}
      onInput={() => {
        dirty.value = true
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save()
        if (event.key === "Escape") void leaveForm()
      }}
    >
      <h2>{props.title}</h2>
      {props.fromReport && <p class="hint amber">{forms.fromReport}</p>}
      {props.children}
      <div class="form-foot">
        {props.missing.length > 0 && (
          <p class="missing">
            {forms.missing}: {props.missing.join(words.value.forms.missingJoint)}
          </p>
        )}
        <p class="buttons">
          <button type="button" onClick={() => void leaveForm()}>
            {forms.cancel}
          </button>
          <button
            type="button"
            class="main"
            aria-disabled={busy || props.missing.length > 0}
            onClick={() => void save()}
          >
            {props.saveLabel ?? forms.save} <kbd>Ctrl ↵</kbd>
          </button>
        </p>
      </div>
    </fieldset>
  )
}

/** Leaves the form at the top; asks first where something typed would be lost. */
export async function leaveForm(): Promise<void> {
  const { forms } = words.value
  const sure =
    !dirty.value ||
    (await ask({
      title: forms.discard,
      body: <p>{forms.discardWhy}</p>,
      yes: forms.discardYes,
      no: forms.discardNo,
      danger: true,
    }))
  if (sure) closeForm()
}

/** Names of the texts that lack a language: a line for the list of what is missing. */
export function lacking(named: readonly (readonly [string, boolean])[]): string[] {
  return named.filter(([, missing]) => missing).map(([name]) => name)
}
