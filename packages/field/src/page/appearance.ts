import { readClear, writeClear } from "./clear-folder.ts"
import { COVERS, type CoverName } from "./cover/names.ts"

/** What the phone shows of the app to anybody, and how long it stays open: kept in the clear, for it has to be known before the passphrase is. */
export interface Appearance {
  /** What stands there first; null for the app itself, under the neutral name. */
  readonly cover: CoverName | null
  /** In which the cover speaks; a language code. */
  readonly language: string
  /** It locks when it has not been touched for so long. */
  readonly lockMinutes: LockMinutes
}

export const LOCK_MINUTES = [1, 5, 15] as const
export type LockMinutes = (typeof LOCK_MINUTES)[number]

const FILE = "appearance"
const FIRST: Appearance = { cover: null, language: "fa", lockMinutes: 5 }

/** Whatever lies in the file: it was in reach of anybody. */
export async function readAppearance(): Promise<Appearance> {
  const found = ((await readClear(FILE)) ?? {}) as Partial<Record<keyof Appearance, unknown>>
  return {
    cover: COVERS.find((name) => name === found.cover) ?? FIRST.cover,
    language: typeof found.language === "string" ? found.language.slice(0, 16) : FIRST.language,
    lockMinutes: LOCK_MINUTES.find((minutes) => minutes === found.lockMinutes) ?? FIRST.lockMinutes,
  }
}

export async function writeAppearance(appearance: Appearance): Promise<boolean> {
  return await writeClear(FILE, appearance)
}
