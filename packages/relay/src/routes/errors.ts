import { RelayError } from "../relay-error.ts"

/** Everything that a relay answers instead of what was asked, and the status of each. Explained in `spec/relay.md`. */
export const STATUS_BY_CODE = {
  malformed: 400,
  truncated: 400,
  "bad-part": 400,
  "unknown-version": 400,
  "bad-signature": 400,
  "token-refused": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "too-slow": 408,
  split: 409,
  rollback: 409,
  "too-long": 413,
  "unsupported-type": 415,
  "work-needed": 428,
  failed: 500,
  busy: 503,
  full: 507,
} as const

/** Why a request is refused. */
export type RefusalCode = keyof typeof STATUS_BY_CODE

/** A request that is refused. Its answer is its code and nothing else. */
export class RefusalError extends Error {
  override readonly name = "RefusalError"
  readonly code: RefusalCode
  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** The code that a sender is told for any fault. What exactly failed inside is nobody's business outside. */
export function refusalCode(error: unknown): RefusalCode {
  if (error instanceof RefusalError) return error.code
  if (error instanceof RelayError && error.code === "full") return "full"
  return "failed"
}

/** The answer to a refused request. */
export function refuse(code: RefusalCode): Response {
  const headers: Record<string, string> = { "Content-Type": "application/json" }
  // What is left of a refused body is not read: the connection ends with the answer.
  if (code === "busy" || code === "too-long" || code === "too-slow") headers["Connection"] = "close"
  if (code === "busy") headers["Retry-After"] = "1"
  return new Response(JSON.stringify({ error: code }), { status: STATUS_BY_CODE[code], headers })
}
