import { credibilities, reliabilities } from "@govah/core/publication"
import { type Signal, signal } from "@preact/signals"
import { language, number, words } from "../words/words.ts"
import { act } from "./acts.ts"
import { report } from "./desk.ts"
import { say } from "./status.ts"

type Letter = "A" | "B" | "C" | "D" | "E" | "F"

/** The first half of a grade, once its key was pressed. */
export const gradeLetter: Signal<Letter | null> = signal(null)

/** Takes the first key of a grade. @returns whether it was one. */
export function takeLetter(key: string): boolean {
  if (!/^[a-f]$/.test(key) || report.value === null) return false
  gradeLetter.value = key.toUpperCase() as Letter
  const { item } = words.value
  say(`${item.gradeNow(gradeLetter.value)} · ${reliabilities[gradeLetter.value][language.value]}`)
  return true
}

/** Takes the second key. Any other key drops the letter. @returns whether it was a digit of a grade. */
export function takeDigit(key: string): boolean {
  const letter = gradeLetter.value
  gradeLetter.value = null
  const open = report.value
  if (letter === null || open === null || !/^[1-6]$/.test(key)) return false
  const credibility = Number(key) as 1 | 2 | 3 | 4 | 5 | 6
  const meaning = `${letter}${number(credibility)} – ${reliabilities[letter][language.value]} · ${credibilities[credibility][language.value]}`
  void act(
    { kind: "graded", root: open.root, grade: { reliability: letter, credibility } },
    words.value.work.graded(meaning),
  )
  return true
}
