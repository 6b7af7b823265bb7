export { codeOf } from "./code.ts"
export { type FilmProgress, filmFrames } from "./film-frames.ts"
export { showFrames } from "./show-frames.ts"
