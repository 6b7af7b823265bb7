export { fileStream, readHead, readStick, type StickFile } from "./read-stick.ts"
export {
  MAX_STICK_FILE_BYTES,
  type WrittenStick,
  writeStick,
  writeVeiledFile,
  writeVeils,
} from "./write-stick.ts"
