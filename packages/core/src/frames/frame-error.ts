/** Why a frame is refused. */
export type FrameErrorCode = "malformed" | "unknown-version" | "too-long"

/** A picture's text that is no frame of ours, or something that does not fit into frames. */
export class FrameError extends Error {
  override readonly name = "FrameError"
  readonly code: FrameErrorCode
  constructor(code: FrameErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
