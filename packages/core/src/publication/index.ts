export type { Claim, Grade } from "./claim.ts"
export { LANGUAGES, type Language, type LocalText, type Period, type Picture, type Place } from "./field.ts"
export {
  formatDate,
  formatDateOther,
  formatNumber,
  formatPeriod,
  formatPeriodOther,
  listNames,
} from "./format.ts"
export {
  type ActionPublication,
  type EventPublication,
  formatPublication,
  parsePublication,
  type Publication,
  type StoryPublication,
} from "./publication.ts"
export { PublicationError, type PublicationErrorCode } from "./publication-error.ts"
export { formatRange, movesRange, type RangeEnd, type SeriesRange, seriesRanges } from "./range.ts"
export {
  actionKinds,
  claimantKinds,
  credibilities,
  groups,
  measures,
  phrases,
  precisions,
  reliabilities,
} from "./words.ts"
