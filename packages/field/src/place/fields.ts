import { GazetteerError } from "./gazetteer-error.ts"

/** Longest name, in UTF-16 code units: what fits on a phone's screen. */
const MAX_NAME = 120
/** Most other spellings of one place. */
const MAX_OTHERS = 24

const KINDS = { c: "country", p: "province", d: "district", t: "town" } as const
/** A district is what lies between province and town: in Iran, شهرستان. */
export type PlaceKind = (typeof KINDS)[keyof typeof KINDS]

export function pickKind(letter: string, line: number): PlaceKind {
  const kind = Object.hasOwn(KINDS, letter) ? KINDS[letter as keyof typeof KINDS] : undefined
  if (kind === undefined) throw new GazetteerError("malformed", `line ${line}: kind`)
  return kind
}

export function readId(text: string, line: number): string {
  if (!/^[a-z0-9:._-]{1,40}$/i.test(text)) throw new GazetteerError("malformed", `line ${line}: id`)
  return text
}

/**
 * What no line may hold: control characters, those that turn the direction of the text around them, and those that mean
 * nothing. The joiner of Persian and Kurdish spelling is allowed.
 */
export const FORBIDDEN: RegExp = /(?![\t\n])[\p{Cc}\p{Co}\p{Cs}\p{Cn}<>]|(?!\u200c)\p{Cf}/u

/** A name, in a text that was looked through for what is forbidden. */
export function readName(value: unknown, line: number, field: string): string {
  const isOne = typeof value === "string" && value.length > 0 && value.length <= MAX_NAME
  if (!isOne || value.trim() !== value || value.includes("|")) {
    throw new GazetteerError("malformed", `line ${line}: ${field}`)
  }
  return value
}

export function readNames(text: string, line: number): readonly string[] {
  if (text === "") return []
  const names = text.split("|")
  if (names.length > MAX_OTHERS) throw new GazetteerError("malformed", `line ${line}: too many spellings`)
  return names.map((name) => readName(name, line, "spelling"))
}

/** A whole number of up to six digits. */
export function readNumber(text: string, line: number, field: string): number {
  if (!/^(0|[1-9]\d{0,5})$/.test(text)) throw new GazetteerError("malformed", `line ${line}: ${field}`)
  return Number(text)
}

/** Thousandths of a degree. */
export function readDegrees(text: string, most: number, line: number): number {
  const value = /^(0|-?[1-9]\d{0,5})$/.test(text) ? Number(text) : Number.NaN
  if (!(Math.abs(value) <= most * 1000)) throw new GazetteerError("malformed", `line ${line}: degrees`)
  return value
}
