import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type IncomingHttpHeaders, request } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Hono } from "hono"
import { expect, onTestFinished, test } from "vitest"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { inviteUnit } from "../testing/unit.ts"
import { createDeskServer, type DeskServer } from "./index.ts"
import { getState } from "./routes/get-state.ts"

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

// Not fetch(): that would not send the Host, Origin and Sec-Fetch headers that an attacker's browser does.
async function send(port: number, path: string, sent: Sent = {}): Promise<Answer> {
  const call = request({ host: "127.0.0.1", port, path, method: sent.method ?? "GET", headers: sent.headers })
  call.end(sent.body)
  const [answer] = await once(call, "response")
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
  return { status: answer.statusCode, headers: answer.headers, body }
}

interface Served extends TestDesk {
  readonly server: DeskServer
  readonly token: string
  /** Headers that the desk's own page sends. */
  readonly own: Readonly<Record<string, string>>
}

async function serve(): Promise<Served> {
  const made = await makeTestDesk()
  onTestFinished(() => made.dispose())
  const staticFolder = await mkdtemp(join(tmpdir(), "govah-page-"))
  onTestFinished(() => rm(staticFolder, { recursive: true, force: true }))
  await writeFile(join(staticFolder, "index.html"), "<!doctype html><title>Govah</title>")
  await writeFile(join(staticFolder, "secret.txt"), "not of the page")
  const server = await createDeskServer(made.desk, { port: 0, staticFolder })
  onTestFinished(() => server.close())
  const token = new URL(server.url).hash.slice("#t=".length)
  const own = {
    authorization: `Bearer ${token}`,
    origin: `http://127.0.0.1:${server.port}`,
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  }
  return { ...made, server, token, own }
}

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

test("a hostile file is handed over as nameless bytes that nothing shows or runs", async () => {
  const { server, own, desk, today, take } = await serve()
  const unit = await inviteUnit(desk, today())
  const html = new TextEncoder().encode("<script>fetch('/api/state')</script>")
  const { cells, rootId } = await unit.seal({}, [{ type: "text/html", bytes: html }])
  await take(cells)
  const answer = await send(server.port, `/api/reports/${rootId}/attachments/0`, { headers: own })
  expect(answer.status).toBe(200)
  expect(Buffer.from(html).equals(answer.body)).toBe(true)
  expect(answer.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
  })
  expect(answer.headers["content-security-policy"]).toContain("sandbox")
  const missing = await send(server.port, `/api/reports/${rootId}/attachments/1`, { headers: own })
  expect([missing.status, JSON.parse(missing.body.toString()).error]).toEqual([404, "no-attachment"])
})

test("what is not of the page or of the desk is not there", async () => {
  const { server, own } = await serve()
  for (const path of [
    "/secret.txt",
    "/../package.json",
    "/..%2f..%2fpackage.json",
    "/%2e%2e/package.json",
    "/api/reports/..%2f..",
    `/api/reports/${"0".repeat(64)}`,
    `/api/reports/${"0".repeat(64)}/attachments/0`,
    `/api/pictures/${"0".repeat(64)}`,
    "/api/pictures/x",
    "/api/publications/nothing/checklist",
    "/api",
    "/api/",
  ]) {
    const answer = await send(server.port, path, { headers: own })
    expect(answer.status, path).toBe(404)
    expect(answer.headers["x-content-type-options"], path).toBe("nosniff")
  }
})

test("what a member may not do, the page may not do", async () => {
  const { server, own, desk } = await serve()
  const headers = { ...own, "content-type": "application/json" }
  const wrong: [string, string, number, string][] = [
    ["{", "/api/acts", 400, "bad-request"],
    ["null", "/api/acts", 400, "bad-act"],
    [
      JSON.stringify({ kind: "published", id: "E1", revision: 1, sha256: "0".repeat(64), day: "2026-01-10" }),
      "/api/acts",
      400,
      "bad-act",
    ],
    [
      JSON.stringify({ kind: "graded", root: "0".repeat(64), grade: { reliability: "A", credibility: 1 } }),
      "/api/acts",
      404,
      "unknown-root",
    ],
    ["[".repeat(17_000_000), "/api/acts", 413, "too-long"],
    ["{}", "/api/pictures", 400, "bad-request"],
    ["{}", "/api/publications/E9/publish", 404, "unknown-id"],
    ["{}", "/api/archive", 501, "no-archive"],
  ]
  for (const [body, path, status, code] of wrong) {
    const answer = await send(server.port, path, { method: "POST", headers, body })
    expect([answer.status, JSON.parse(answer.body.toString()).error], `${path} ${body.slice(0, 20)}`).toEqual(
      [status, code],
    )
  }
  expect(desk.state().publicationsById.size).toBe(0)
})

test("a pull is stopped by hanging up, and only one runs at a time", async () => {
  const { server, own, desk } = await serve()
  // A relay that takes calls and says nothing.
  const silent = createServer(() => {})
  silent.listen(0, "127.0.0.1")
  await once(silent, "listening")
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  await desk.addRelay({ url: `http://127.0.0.1:${port}`, road: "lan", capability: "A".repeat(43) })
  const asked = once(silent, "request")
  const first = request({
    host: "127.0.0.1",
    port: server.port,
    path: "/api/pull",
    method: "POST",
    headers: own,
  })
  first.on("error", () => {})
  first.end()
  const [call] = await asked
  const second = await send(server.port, "/api/pull", { method: "POST", headers: own })
  expect([second.status, JSON.parse(second.body.toString()).error]).toEqual([409, "busy"])
  const hungUp = new Promise((resolve) => call.on("error", () => {}).on("close", resolve))
  first.destroy()
  await hungUp
})

test("a folder without a page is refused before anything listens", async () => {
  const { desk, folder } = await serve()
  await expect(createDeskServer(desk, { port: 0, staticFolder: join(folder, "none") })).rejects.toMatchObject(
    {
      code: "page-not-built",
    },
  )
})
