export { BLOCK_BYTES, readBlocks } from "./files/read-blocks.ts"
export { writeBlocks } from "./files/write-blocks.ts"
export { nodePrimitives } from "./node-primitives.ts"
