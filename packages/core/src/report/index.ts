export { MAX_NAME_LENGTH, type Place, PlaceSchema } from "./place.ts"
export { POINT_GRID } from "./point-grid.ts"
export {
  MAX_CLAIMS,
  MAX_TEXT_LENGTH,
  type Period,
  PeriodSchema,
  parseReport,
  type Report,
  type ReportedClaim,
  ReportedClaimSchema,
  ReportSchema,
  type Source,
  SourceSchema,
} from "./report.ts"
export {
  ACTION_KINDS,
  type ActionKind,
  BASES,
  type Basis,
  BOUNDS,
  type Bound,
  CLAIMANT_KINDS,
  type ClaimantKind,
  CONSENTS,
  type Consent,
  GROUPS,
  type Group,
  MEASURES,
  type Measure,
  PLACE_PRECISIONS,
  type PlacePrecision,
} from "./vocabulary.ts"
