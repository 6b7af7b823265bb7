export {
  addressOn,
  type OpenRoads,
  type RelayAddress,
  type Road,
  type RoadAnswer,
  type RoadHeaders,
} from "./road.ts"
export { RoadError, type RoadErrorCode } from "./road-error.ts"
