import { timingSafeEqual } from "node:crypto"
import type { MiddlewareHandler } from "hono"
import { HttpError } from "./http-error.ts"

/** What a request must match: the server's own authority, such as `127.0.0.1:41234`, and the token of this run. */
export interface Door {
  readonly host: string
  readonly token: string
}

/**
 * Lets only the desk's own page in.
 *
 * 1. `Host` is the server's own: a name that an attacker points at 127.0.0.1 (DNS rebinding) is refused.
 * 2. `Origin` and `Sec-Fetch-Site`, where sent, name the page itself; a request that changes something must send `Origin`.
 * 3. Nothing reads a token from an address, and an address that holds it is refused: addresses land in histories and logs.
 *
 * @param door - read at each request, since the port is known only once the server listens.
 */
export function guardPage(door: () => Door): MiddlewareHandler {
  return async (c, next) => {
    const { host, token } = door()
    if (c.req.header("host") !== host)
      throw new HttpError("wrong-host", "this address is not the desk's: open the one that the desk printed")
    if (c.req.url.includes(token))
      throw new HttpError("token-in-address", "the token travels in a header, never in an address")
    const origin = c.req.header("origin")
    const changes = c.req.method !== "GET" && c.req.method !== "HEAD"
    if (origin === undefined ? changes : origin !== `http://${host}`)
      throw new HttpError("foreign-page", "another page may not speak to the desk")
    const site = c.req.header("sec-fetch-site")
    // "none" is an address that the member typed or opened; only the page itself can be reached so, never the data.
    const opened = site === "none" && !changes && !c.req.path.startsWith("/api/")
    if (site !== undefined && site !== "same-origin" && !opened)
      throw new HttpError("foreign-page", "another page may not speak to the desk")
    await next()
  }
}

/** Asks for the token of this run, and that the answer go to a script and not to a tab, an image or a frame. */
export function guardData(door: () => Door): MiddlewareHandler {
  return async (c, next) => {
    const sent = c.req.header("authorization") ?? ""
    if (!sameText(sent, `Bearer ${door().token}`))
      throw new HttpError("no-token", "open the desk from the address that it printed when it started")
    const destination = c.req.header("sec-fetch-dest")
    if (destination !== undefined && destination !== "empty")
      throw new HttpError("foreign-page", "the desk's data is read by its page alone")
    await next()
  }
}

// In constant time for one length: how much of a guess is right must not show.
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
