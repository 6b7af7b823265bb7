import { Hono } from "hono"
import { expect, test } from "vitest"
import { getState } from "./routes/get-state.ts"
import { type Sent, send, serve } from "./testing/serve.ts"

const NOTE = {
  kind: "event-set",
  id: "E1",
  period: { from: "2021-02-22", to: null, about: false },
  note: null,
}
const TITLE = { fa: "الف", en: "a" }
const EVENT = JSON.stringify({
  ...NOTE,
  title: TITLE,
  place: { name: TITLE, province: null, precision: "town" },
})

test("nobody but the page itself gets in, whatever they know", async () => {
  const { server, token, own, desk } = await serve()
  const { port } = server
  const json = { "content-type": "application/json" }
  const post = { method: "POST", body: EVENT }
  const attacks: [string, string, Sent, number, string][] = [
    ["DNS rebinding", "/api/state", { headers: { ...own, host: `evil.test:${port}` } }, 421, "wrong-host"],
    [
      "another name of loopback",
      "/api/state",
      { headers: { ...own, host: `localhost:${port}` } },
      421,
      "wrong-host",
    ],
    ["another port", "/api/state", { headers: { ...own, host: "127.0.0.1:1" } }, 421, "wrong-host"],
    ["rebinding of the page", "/", { headers: { host: `evil.test:${port}` } }, 421, "wrong-host"],
    [
      "a foreign page",
      "/api/state",
      { headers: { ...own, origin: "https://evil.test" } },
      403,
      "foreign-page",
    ],
    ["a sandboxed page", "/api/state", { headers: { ...own, origin: "null" } }, 403, "foreign-page"],
    [
      "another service here",
      "/api/state",
      { headers: { ...own, origin: "http://127.0.0.1:1" } },
      403,
      "foreign-page",
    ],
    [
      "cross-site",
      "/api/state",
      { headers: { ...own, "sec-fetch-site": "cross-site" } },
      403,
      "foreign-page",
    ],
    ["same-site", "/api/state", { headers: { ...own, "sec-fetch-site": "same-site" } }, 403, "foreign-page"],
    [
      "a typed address of data",
      "/api/state",
      { headers: { ...own, "sec-fetch-site": "none" } },
      403,
      "foreign-page",
    ],
    ["a link to the page", "/", { headers: { "sec-fetch-site": "cross-site" } }, 403, "foreign-page"],
    [
      "an image of data",
      "/api/state",
      { headers: { ...own, "sec-fetch-dest": "image" } },
      403,
      "foreign-page",
    ],
    [
      "a tab of data",
      "/api/state",
      { headers: { ...own, "sec-fetch-dest": "document" } },
      403,
      "foreign-page",
    ],
    ["no token", "/api/state", { headers: { ...own, authorization: "" } }, 401, "no-token"],
    [
      "a wrong token",
      "/api/state",
      { headers: { ...own, authorization: `Bearer ${"A".repeat(43)}` } },
      401,
      "no-token",
    ],
    [
      "half a token",
      "/api/state",
      { headers: { ...own, authorization: `Bearer ${token.slice(1)}` } },
      401,
      "no-token",
    ],
    ["a bare token", "/api/state", { headers: { ...own, authorization: token } }, 401, "no-token"],
    ["a token in the query", `/api/state?t=${token}`, {}, 400, "token-in-address"],
    ["a token in both", `/api/state?t=${token}`, { headers: own }, 400, "token-in-address"],
    ["a token in the page's query", `/?t=${token}`, {}, 400, "token-in-address"],
    [
      "writing without an origin",
      "/api/acts",
      { ...post, headers: { authorization: own.authorization!, ...json } },
      403,
      "foreign-page",
    ],
    [
      "writing from a foreign page",
      "/api/acts",
      { ...post, headers: { ...own, ...json, origin: "https://evil.test" } },
      403,
      "foreign-page",
    ],
    [
      "writing as a form does",
      "/api/acts",
      { ...post, headers: { ...own, "content-type": "text/plain" } },
      400,
      "bad-request",
    ],
    [
      "asking to be let in",
      "/api/acts",
      { method: "OPTIONS", headers: { origin: "https://evil.test" } },
      403,
      "foreign-page",
    ],
  ]
  for (const [name, path, sent, status, code] of attacks) {
    const answer = await send(port, path, sent)
    expect([answer.status, JSON.parse(answer.body.toString()).error], name).toEqual([status, code])
    expect(Object.keys(JSON.parse(answer.body.toString())), name).toEqual(["error", "message"])
    expect(
      Object.keys(answer.headers).filter((h) => h.startsWith("access-control")),
      name,
    ).toEqual([])
    expect(answer.headers["cache-control"], name).toBe("no-store")
    expect(answer.body.includes(token), name).toBe(false)
  }
  expect(desk.state().eventsById.size).toBe(0)

  // The same attacks work where the door is left open: they are real ones.
  const open = new Hono().get("/api/state", getState(desk, false))
  for (const [name, path, sent] of attacks.filter(
    ([, at, { method }]) => at.startsWith("/api/state") && !method,
  )) {
    const { status } = await open.request(path, { headers: new Headers(sent.headers) })
    expect(status, name).toBe(200)
  }
  // And the page itself is let in.
  expect((await send(port, "/", { headers: { "sec-fetch-site": "none" } })).status).toBe(200)
  const state = await send(port, "/api/state", { headers: own })
  expect(JSON.parse(state.body.toString())).toMatchObject({ desk: { name: "آزمون" }, reports: [] })
  expect((await send(port, "/api/acts", { ...post, headers: { ...own, ...json } })).status).toBe(200)
  expect([...desk.state().eventsById.keys()]).toEqual(["E1"])
})
