import type { MiddlewareHandler } from "hono"

/**
 * What the page may do: run and style itself from the server's own files, speak to the server, and show media that it
 * holds in memory. Nothing may be sent elsewhere, and no text becomes markup (`trusted-types 'none'`).
 */
export const PAGE_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src blob:",
  "media-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ")

/** What data may do, should a browser ever be brought to show it as a page: nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

const HEADERS: Readonly<Record<string, string>> = {
  // Reports must not reach the browser's cache, which lies on the disk in clear.
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=()",
}

/** Puts the headers above on every answer, errors included. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
    c.res.headers.set("content-security-policy", c.req.path.startsWith("/api/") ? DATA_POLICY : PAGE_POLICY)
  }
}
