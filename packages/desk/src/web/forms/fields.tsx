import type { LocalText } from "@govah/core/publication"
import type { ComponentChildren, JSX } from "preact"
import { useId } from "preact/hooks"
import { words } from "../words/words.ts"

/**
 * What every control in which one can write carries. Without these a browser writes what is typed to its session file,
 * its spelling service or its list of suggestions, all outside the desk's encryption.
 */
export const NO_TRACE = {
  autocomplete: "off",
  // Spelt so, since browsers have a property `autocorrect` for which any text, "off" too, means yes.
  autoCorrect: "off",
  autocapitalize: "off",
  spellcheck: false,
  "data-1p-ignore": true,
} as const

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly hint?: string | undefined
  readonly lang?: "fa" | "en"
  readonly lines?: number
  readonly digits?: boolean
  readonly ltr?: boolean
  readonly disabled?: boolean
  readonly max?: number
}

/** A line or a block of text. */
export function TextField(props: FieldProps): JSX.Element {
  const hint = useId()
  const control = {
    ...NO_TRACE,
    value: props.value,
    disabled: props.disabled ?? false,
    maxLength: props.max ?? 300,
    lang: props.lang,
    dir: props.ltr ? "ltr" : props.lang === "fa" ? "rtl" : props.lang === "en" ? "ltr" : "auto",
    "aria-describedby": props.hint === undefined ? undefined : hint,
    onInput: (event: { currentTarget: { value: string } }) => props.change(event.currentTarget.value),
  } as const
  return (
    <label class="field">
      <span class="label">{props.label}</span>
      {props.lines === undefined ? (
        <input type="text" inputMode={props.digits ? "numeric" : "text"} {...control} />
      ) : (
        <textarea rows={props.lines} {...control} />
      )}
      {props.hint !== undefined && (
        <span class="hint" id={hint}>
          {props.hint}
        </span>
      )}
    </label>
  )
}

/** A text in both languages, Persian first. */
export function BothField(props: {
  readonly label: string
  readonly value: LocalText
  readonly change: (value: LocalText) => void
  readonly hint?: string
  readonly lines?: number
  readonly max?: number
}): JSX.Element {
  const { forms } = words.value
  const hint = useId()
  const lines = props.lines === undefined ? {} : { lines: props.lines }
  const max = props.max === undefined ? {} : { max: props.max }
  return (
    <fieldset class="both" aria-describedby={props.hint === undefined ? undefined : hint}>
      <legend>{props.label}</legend>
      {props.hint !== undefined && (
        <p class="hint" id={hint}>
          {props.hint}
        </p>
      )}
      {(["fa", "en"] as const).map((lang) => (
        <TextField
          key={lang}
          label={forms[lang]}
          lang={lang}
          value={props.value[lang]}
          change={(text) => props.change({ ...props.value, [lang]: text })}
          {...lines}
          {...max}
        />
      ))}
    </fieldset>
  )
}

/** One of a closed list. */
export function ChoiceField<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly choices: readonly (readonly [T, string])[]
  readonly change: (value: T) => void
  readonly hint?: string | undefined
}): JSX.Element {
  const hint = useId()
  return (
    <label class="field">
      <span class="label">{props.label}</span>
      <select
        autocomplete="off"
        aria-describedby={props.hint === undefined ? undefined : hint}
        onChange={(event) => props.change(event.currentTarget.value as T)}
      >
        {props.choices.map(([value, text]) => (
          <option key={value} value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
      {props.hint !== undefined && (
        <span class="hint" id={hint}>
          {props.hint}
        </span>
      )}
    </label>
  )
}

/** Yes or no. */
export function CheckField(props: {
  readonly label: ComponentChildren
  readonly checked: boolean
  readonly change: (checked: boolean) => void
}): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        autocomplete="off"
        checked={props.checked}
        onChange={(event) => props.change(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  )
}
