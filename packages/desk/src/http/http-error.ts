/** Why the desk's server turns a request away. */
export type HttpErrorCode =
  | "wrong-host"
  | "foreign-page"
  | "no-token"
  | "token-in-address"
  | "not-found"
  | "too-long"
  | "bad-request"
  | "busy"
  | "no-archive"
  | "page-not-built"

/** A request that the desk's server refuses before the desk sees it. Never carries what was sent. */
export class HttpError extends Error {
  override readonly name = "HttpError"
  readonly code: HttpErrorCode
  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
