import type { HttpBindings } from "@hono/node-server"
import { Hono } from "hono"
import { refusalCode, refuse } from "./errors.ts"
import { getCard, getFeedHead, getFeedNumber, getFeedPart, getWholeFeed } from "./feed.ts"
import { health } from "./health.ts"
import { getPrice } from "./get-price.ts"
import { getTokenKey, postTokens } from "./tokens.ts"
import { listCells } from "./list-cells.ts"
import { plainPage, styleSheet } from "./plain-page.ts"
import { putFeed } from "./put-feed.ts"
import { postBundleFile } from "./post-bundle-file.ts"
import { postCells } from "./post-cells.ts"
import { postForget } from "./post-forget.ts"
import { postHave } from "./post-have.ts"
import { postRestore } from "./post-restore.ts"
import { postSync } from "./post-sync.ts"
import type { Room } from "./room.ts"

/**
 * Every address of the relay. Nothing here, or below, reads who is asking: no address, no user agent, no cookie.
 *
 * @param room - the routes are closed over it: there is no other state.
 * @param counted - is told the status of each answer, and nothing else of it.
 */
export function createApp(
  room: Room,
  counted: (status: number) => void = () => {},
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    }
    counted(context.res.status)
  })
  app.onError((error) => refuse(refusalCode(error)))
  app.notFound(() => refuse("not-found"))

  app.get("/", async () => plainPage(await room.store.feeds.newest(room.store.today()), room.uploads))
  app.get("/health", () => health(room))
  app.get("/style.css", () => styleSheet())
  app.post("/bundle-file", (context) => (room.uploads ? postBundleFile(context, room) : refuse("not-found")))
  app.get("/price", () => getPrice(room))
  app.get("/token-key", () => getTokenKey(room))
  app.post("/tokens", (context) => postTokens(context, room))
  app.get("/cells", (context) => listCells(context, room))
  app.post("/cells", (context) => postCells(context, room))
  app.post("/forget", (context) => postForget(context, room))
  app.post("/have", (context) => postHave(context, room))
  app.post("/restore", (context) => postRestore(context, room))
  app.post("/sync", (context) => postSync(context, room))
  app.get("/feed/:desk/head", (context) => getFeedHead(context, room))
  app.get("/feed/:desk/:number", (context) => getFeedNumber(context, room))
  app.get("/feed/:desk/part/:hash", (context) => getFeedPart(context, room))
  app.get("/feed/:desk/:number/whole", (context) => getWholeFeed(context, room))
  app.get("/card/:hash", (context) => getCard(context, room))
  app.put("/feed/:desk/:number", (context) => putFeed(context, room))
  // A page on another origin, or from a file (`Origin: null`), asks first. It may post cells and read the feed.
  for (const path of ["/cells", "/have"]) {
    app.options(path, () => new Response(null, { status: 204, headers: PREFLIGHT }))
  }

  for (const [path, methods] of Object.entries(METHODS)) {
    app.all(path, () => {
      const response = refuse("method-not-allowed")
      response.headers.set("Allow", methods)
      return response
    })
  }
  return app
}

const METHODS = {
  "/": "GET, HEAD",
  "/bundle-file": "POST",
  "/cells": "GET, HEAD, OPTIONS, POST",
  "/forget": "POST",
  "/have": "OPTIONS, POST",
  "/restore": "POST",
  "/sync": "POST",
  "/price": "GET, HEAD",
  "/token-key": "GET, HEAD",
  "/tokens": "POST",
  "/feed/:desk/head": "GET, HEAD",
  "/health": "GET, HEAD",
  "/feed/:desk/:number": "GET, HEAD, PUT",
  "/feed/:desk/part/:hash": "GET, HEAD",
  "/feed/:desk/:number/whole": "GET, HEAD",
  "/card/:hash": "GET, HEAD",
}

const HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
}

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type, Govah-Session, Govah-Token, Govah-Work",
  "Access-Control-Max-Age": "86400",
}
