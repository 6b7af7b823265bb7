export { type Bundle, decodeBitmap, encodeBitmap, splitBundle } from "./bundle.ts"
export {
  BODY_BYTES,
  CELL_BYTES,
  type CellId,
  cellId,
  COMMITMENT_BYTES,
  forgetCommitment,
  looksLikeRoot,
  parseCellId,
} from "./cell.ts"
export { type CellRun, commitTo, forgetToken, forgetTokens } from "./forget.ts"
export { padme } from "./padme.ts"
