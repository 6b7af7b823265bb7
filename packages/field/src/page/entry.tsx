import type { JSX, Ref } from "preact"

/** What every field for typing has: without it, browsers write what is typed to the disk within seconds. */
const UNREMEMBERED = {
  autocomplete: "off",
  autocapitalize: "off",
  spellcheck: false,
} as const

/**
 * Passes an element on, with what must be an attribute: as a property, the word "off" turns correction on.
 */
function uncorrected<E extends Element>(into: Ref<E | null>): (element: E | null) => void {
  return (element) => {
    element?.setAttribute("autocorrect", "off")
    if (typeof into === "function") into(element)
    else if (into !== null) into.current = element
  }
}

/** Several lines of free text. The only way to make one: see {@link UNREMEMBERED}. */
export function Lines(props: {
  readonly id: string
  readonly rows: number
  readonly into: Ref<HTMLTextAreaElement | null>
  /** For what is never Persian, such as an invitation. */
  readonly ltr?: boolean
  readonly onInput?: (value: string) => void
}): JSX.Element {
  const { into, ltr, onInput, ...rest } = props
  return (
    <textarea
      {...rest}
      onInput={(event) => onInput?.(event.currentTarget.value)}
      {...UNREMEMBERED}
      dir={ltr === true ? "ltr" : "auto"}
      ref={uncorrected(into)}
    />
  )
}

/** One line of free text. */
export function Line(props: {
  readonly id: string
  readonly into: Ref<HTMLInputElement | null>
  readonly onInput?: (value: string) => void
  readonly onEnter?: () => void
  readonly inputMode?: "numeric"
  readonly size?: number
}): JSX.Element {
  const { into, onInput, onEnter, ...rest } = props
  return (
    <input
      type="text"
      {...rest}
      {...UNREMEMBERED}
      dir="auto"
      ref={uncorrected(into)}
      onInput={(event) => onInput?.(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.isComposing) onEnter?.()
      }}
    />
  )
}

/** A choice of one, as large targets; it stands in a group that says what is asked. */
export function Choice<V extends string>(props: {
  readonly name: string
  readonly choices: Readonly<Record<V, string>>
  readonly chosen: V | null
  readonly onChoose: (value: V) => void
}): JSX.Element {
  return (
    <div class="choices">
      {(Object.keys(props.choices) as V[]).map((value) => (
        <label class="choice" key={value}>
          <input
            type="radio"
            name={props.name}
            autocomplete="off"
            checked={props.chosen === value}
            onChange={() => props.onChoose(value)}
          />
          <span>{props.choices[value]}</span>
        </label>
      ))}
    </div>
  )
}

/**
 * Asks for one file, with a field that is made for it and never stands in the page, where a second one would be taken for
 * the first.
 *
 * @returns the field: whoever lets go of it before a file was chosen may never hear of one.
 */
export function askForFile(onFile: (file: File) => void): HTMLInputElement {
  return askForFiles(false, ([file]) => {
    if (file !== undefined) onFile(file)
  })
}

/** As {@link askForFile}, for a file or for all files of a folder. */
export function askForFiles(isFolder: boolean, onFiles: (files: readonly File[]) => void): HTMLInputElement {
  // oxlint-disable-next-line govah/no-traces -- guarded in the next lines
  const input = document.createElement("input")
  input.type = "file"
  input.autocomplete = "off"
  input.webkitdirectory = isFolder
  input.addEventListener("change", () => onFiles([...(input.files ?? [])]))
  input.click()
  return input
}

/** A choice of one from a list that is too long to lie open. */
export function Select<V extends string>(props: {
  readonly id: string
  readonly label: string
  readonly choices: Readonly<Record<V, string>>
  readonly chosen: V
  readonly onChoose: (value: V) => void
}): JSX.Element {
  return (
    <div>
      <label class="field" for={props.id}>
        {props.label}
      </label>
      <select
        id={props.id}
        autocomplete="off"
        value={props.chosen}
        onChange={(event) => props.onChoose(event.currentTarget.value as V)}
      >
        {(Object.keys(props.choices) as V[]).map((value) => (
          <option key={value} value={value}>
            {props.choices[value]}
          </option>
        ))}
      </select>
    </div>
  )
}
