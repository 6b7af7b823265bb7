export { fileStream, readStick, type StickFile } from "./read-stick.ts"
export { MAX_STICK_FILE_BYTES, type WrittenStick, writeStick } from "./write-stick.ts"
