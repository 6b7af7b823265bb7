import { OpenError } from "@govah/core/open"
import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import { DeskError, type DeskErrorCode } from "../../desk-error.ts"
import { HttpError, type HttpErrorCode } from "../http-error.ts"
import type { ErrorAnswer } from "../wire.ts"

const STATUS: Readonly<Record<DeskErrorCode | HttpErrorCode, ContentfulStatusCode>> = {
  "wrong-host": 421,
  "foreign-page": 403,
  "no-token": 401,
  "token-in-address": 400,
  "not-found": 404,
  "too-long": 413,
  "bad-request": 400,
  busy: 409,
  "no-archive": 501,
  "page-not-built": 500,
  "wrong-passphrase": 403,
  "weak-passphrase": 400,
  "bad-name": 400,
  "no-desk": 500,
  "desk-exists": 409,
  "not-empty": 409,
  damaged: 500,
  "disk-full": 507,
  closed: 503,
  "bad-act": 400,
  "unknown-root": 404,
  "unknown-id": 404,
  "id-taken": 409,
  "not-whole": 409,
  unreadable: 422,
  "no-attachment": 404,
  "bad-picture": 422,
  "picture-too-large": 413,
  "bad-relay": 400,
  "road-not-available": 502,
  "relay-failed": 502,
  "no-such-relay": 404,
  "bad-count": 400,
  "no-bundle": 400,
  "no-reply": 409,
  "feed-split": 409,
  gate: 409,
}

/** What the page is told of a failure, and the status that goes with it. */
export function errorAnswer(failure: unknown): { status: ContentfulStatusCode; answer: ErrorAnswer } {
  if (failure instanceof DeskError || failure instanceof HttpError)
    return { status: STATUS[failure.code], answer: { error: failure.code, message: failure.message } }
  if (failure instanceof OpenError)
    return { status: 422, answer: { error: failure.code, message: failure.message } }
  if (failure instanceof HTTPException)
    return { status: failure.status, answer: { error: "bad-request", message: "the request was refused" } }
  // The world failed. Its own words may name paths or contents; the page gets the kind alone.
  const code = (failure as { code?: unknown } | null)?.code
  if (code === "ENOSPC" || code === "SQLITE_FULL" || code === "EDQUOT")
    return { status: 507, answer: { error: "disk-full", message: "the disk is full; nothing was changed" } }
  return { status: 500, answer: { error: "internal", message: "the desk failed; nothing was changed" } }
}

/** For Hono's `onError`. */
export function answerError(failure: unknown, c: Context): Response {
  const { status, answer } = errorAnswer(failure)
  return c.json(answer, status)
}
