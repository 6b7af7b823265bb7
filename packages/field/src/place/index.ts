export { fold } from "./fold.ts"
export { gazetteerFromTable, type TableHead } from "./from-table.ts"
export { GazetteerError, type GazetteerErrorCode } from "./gazetteer-error.ts"
export {
  formatGazetteer,
  type Gazetteer,
  type GazetteerPlace,
  MAX_GAZETTEER_BYTES,
  parseGazetteer,
  type Point,
} from "./gazetteer.ts"
export { type Here, type HerePrecision, roundHere } from "./here.ts"
export { findPlaces, type Found, indexPlaces, type PlaceIndex, placesNamed } from "./search.ts"
