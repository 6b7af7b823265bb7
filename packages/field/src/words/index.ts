export { type Language, LANGUAGES, languageOf } from "./language.ts"
export { FIRST, type LoadedWords, loadWords } from "./load.ts"
export type { Words } from "./words.ts"
