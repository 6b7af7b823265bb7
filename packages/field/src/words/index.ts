export { en } from "./en.ts"
export { fa } from "./fa.ts"
export type { Words } from "./words.ts"
