export { addressOn, type OpenRoads, type RelayAddress, type Road, type RoadAnswer } from "./road.ts"
export { RoadError, type RoadErrorCode } from "./road-error.ts"
