import type { Bound, Group, Measure } from "@govah/core/report"
import type { JSX, RefObject } from "preact"
import { useRef, useState } from "preact/hooks"
import type { SavedDraft } from "../draft/index.ts"
import { type ClaimInput, readCount } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { Line, Select } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"
import { formatCount } from "./format.ts"

interface ClaimLine {
  readonly id: number
  readonly measure: Measure
  readonly bound: Bound
  readonly group: Group
}

/** Lines about harm; each number is in its own field. */
export interface ClaimsState {
  readonly lines: readonly ClaimLine[]
  readonly setLines: (change: (lines: readonly ClaimLine[]) => readonly ClaimLine[]) => void
  readonly numbers: RefObject<Map<number, HTMLInputElement>>
  /** Numbers that were saved, until their fields are there to take them. */
  readonly saved: RefObject<Map<number, string>>
}

/** Beyond that, words tell it better; the format takes more. */
const MAX_LINES = 20

export function useClaims(saved: SavedDraft["claims"]): ClaimsState {
  const [lines, setLines] = useState<readonly ClaimLine[]>(() =>
    saved.map(({ measure, bound, group }, i) => ({ id: i + 1, measure, bound, group })),
  )
  return {
    lines,
    setLines,
    numbers: useRef(new Map<number, HTMLInputElement>()),
    saved: useRef(new Map(saved.map(({ number }, i) => [i + 1, number]))),
  }
}

/** What stands in the fields. */
export function saveClaims({ lines, numbers }: ClaimsState): SavedDraft["claims"] {
  return lines.map(({ id, measure, bound, group }) => {
    return { measure, bound, group, number: numbers.current.get(id)?.value ?? "" }
  })
}

/** What was said; null where a number is missing or is none. */
export function readClaims({ lines, numbers }: ClaimsState): readonly ClaimInput[] | null {
  const claims: ClaimInput[] = []
  for (const { id, measure, bound, group } of lines) {
    if (!hasNumber(measure, bound)) {
      claims.push({ measure, bound: "none", group: measure === "shutdown" ? "none" : group })
      continue
    }
    const low = readCount(numbers.current.get(id)?.value ?? "")
    if (low === null) return null
    claims.push({ measure, low, bound, group })
  }
  return claims
}

function hasNumber(measure: Measure, bound: Bound): boolean {
  return measure !== "shutdown" && bound !== "none"
}

/** What happened to people: a short line for each number. */
export function ClaimsEntry({
  words,
  claims,
}: {
  readonly words: Words
  readonly claims: ClaimsState
}): JSX.Element {
  const texts = words.claims
  const { lines, setLines } = claims
  const count = lines.length
  function add(): void {
    const id = 1 + Math.max(0, ...lines.map((line) => line.id))
    setLines((others) => [...others, { id, measure: "killed", bound: "at-least", group: "unknown" }])
  }
  function change(id: number, to: Partial<ClaimLine>): void {
    setLines((all) => all.map((line) => (line.id === id ? { ...line, ...to } : line)))
  }
  return (
    <Foldout
      heading={texts.heading}
      value={count === 0 ? texts.none : texts.some(count, formatCount(count, words))}
      note={texts.skip}
    >
      {lines.map(({ id, measure, bound, group }, index) => (
        <fieldset class="inner" key={id}>
          <legend>{texts.line(formatCount(index + 1, words))}</legend>
          <Select
            id={`claim-${id}-measure`}
            label={texts.measure}
            choices={texts.measures}
            chosen={measure}
            onChoose={(chosen) => change(id, { measure: chosen })}
          />
          {measure !== "shutdown" && (
            <>
              <div class="pair">
                <Select
                  id={`claim-${id}-bound`}
                  label={texts.bound}
                  choices={texts.bounds}
                  chosen={bound}
                  onChoose={(chosen) => change(id, { bound: chosen })}
                />
                {bound !== "none" && (
                  <div>
                    <label class="field" for={`claim-${id}-number`}>
                      {texts.number}
                    </label>
                    <Line
                      id={`claim-${id}-number`}
                      inputMode="numeric"
                      into={(input) => {
                        if (input === null) claims.numbers.current.delete(id)
                        else claims.numbers.current.set(id, input)
                        const number = claims.saved.current.get(id)
                        if (input === null || number === undefined) return
                        claims.saved.current.delete(id)
                        input.value = number
                      }}
                    />
                  </div>
                )}
              </div>
              <Select
                id={`claim-${id}-group`}
                label={texts.group}
                choices={texts.groups}
                chosen={group}
                onChoose={(chosen) => change(id, { group: chosen })}
              />
            </>
          )}
          <button
            type="button"
            class="quiet"
            onClick={() => setLines((all) => all.filter((line) => line.id !== id))}
          >
            {texts.remove}
          </button>
        </fieldset>
      ))}
      {count < MAX_LINES && (
        <button type="button" class="second" onClick={add}>
          {count === 0 ? texts.add : texts.more}
        </button>
      )}
    </Foldout>
  )
}
