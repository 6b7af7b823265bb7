/** Why a file is not taken. Nothing was sealed or kept. */
export type MediaErrorCode = "unreadable" | "empty" | "not-media" | "wrong-kind"

/** A file that is not taken. Carries no file name: names can name people. */
export class MediaError extends Error {
  override readonly name = "MediaError"
  readonly code: MediaErrorCode
  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
