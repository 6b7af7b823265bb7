export { type CarriedCells, carriedCells } from "./carried-cells.ts"
export { type HeardFile, hearFeedFile } from "./hear-feed-file.ts"
