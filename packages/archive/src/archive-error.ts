/** Why an archive was not built. */
export type ArchiveErrorCode =
  | "not-an-archive"
  | "log-not-verified"
  | "would-rewrite"
  | "would-drop"
  | "revision-changed"
  | "duplicate-id"
  | "missing-picture"
  | "wrong-picture"
  | "dangling-citation"
  | "nothing-to-publish"

/** An archive that must not be built as asked. Nothing has been written when this is thrown. Messages hold public ids only. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError"
  readonly code: ArchiveErrorCode
  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
