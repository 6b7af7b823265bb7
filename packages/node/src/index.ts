export { BLOCK_BYTES, readBlocks } from "./files/read-blocks.ts"
export { writeBlocks, writePieces } from "./files/write-blocks.ts"
export { type HybridKey, hybridKey } from "./hybrid-key.ts"
export { nodePrimitives } from "./node-primitives.ts"
export {
  parseSocksProxy,
  SocksError,
  type SocksErrorCode,
  type SocksProxy,
  type SocksRequest,
  socksFetch,
} from "./socks/index.ts"
export {
  fileStream,
  MAX_STICK_FILE_BYTES,
  readHead,
  readStick,
  type StickFile,
  type WrittenStick,
  writeStick,
  writeVeiledFile,
  writeVeils,
} from "./stick/index.ts"
