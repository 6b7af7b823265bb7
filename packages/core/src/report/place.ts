import * as v from "valibot"
import { POINT_GRID } from "./point-grid.ts"
import { PLACE_PRECISIONS, type PlacePrecision } from "./vocabulary.ts"

/** Longest name of a place, a claimant or a source. */
export const MAX_NAME_LENGTH = 300

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH))
const thousandths = (most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(-most * 1000), v.maxValue(most * 1000))

/** A place as the sender says it. A name alone never becomes a point. */
export const PlaceSchema = v.pipe(
  v.strictObject({
    name,
    province: v.nullable(name),
    precision: v.picklist(PLACE_PRECISIONS),
    /** Which place of a gazetteer the sender chose: `gn:1159301` is GeoNames'. */
    id: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,40}$/))),
    /** Where the sender's phone said that it was, in thousandths of a degree, rounded to the precision's grid. */
    point: v.exactOptional(v.strictObject({ lat: thousandths(90), lon: thousandths(180) })),
  }),
  v.check(
    ({ precision, point }) =>
      point === undefined || [point.lat, point.lon].every((value) => isOnGrid(value, precision)),
    "a point says more than its precision",
  ),
)
export type Place = Readonly<v.InferOutput<typeof PlaceSchema>>

function isOnGrid(value: number, precision: PlacePrecision): boolean {
  return (
    Object.hasOwn(POINT_GRID, precision) && value % POINT_GRID[precision as keyof typeof POINT_GRID] === 0
  )
}
