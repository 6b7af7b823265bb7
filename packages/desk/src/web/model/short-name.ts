import { desk } from "./desk.ts"

/** Whether a text can be a short name: it becomes an address in the archive. */
export function isShortName(text: string): boolean {
  return text.length <= 32 && /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/.test(text)
}

/** Whether a new short name cannot be used: of the wrong shape, or taken. Names that differ by case alone are one page. */
export function idMissing(id: string): boolean {
  return !isShortName(id) || takenIds().has(id.toLowerCase())
}

/** Every short name in use, in small letters. */
export function takenIds(): ReadonlySet<string> {
  const known = desk.value
  const all = [known?.events, known?.actions, known?.claims, known?.stories]
  return new Set(all.flatMap((ones) => (ones ?? []).map((one) => one.id.toLowerCase())))
}
