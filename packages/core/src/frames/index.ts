export {
  type Collected,
  createFrameCollector,
  type FrameCollector,
  type FrameProgress,
} from "./collect-frames.ts"
export { FrameError, type FrameErrorCode } from "./frame-error.ts"
export { type Frame, type FrameKind, formatFrame, MAX_FRAME_CHARS, parseFrame } from "./frame.ts"
export { FRAME_CHARS, makeFrames } from "./make-frames.ts"
export { crc32 } from "./crc32.ts"
