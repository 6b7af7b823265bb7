import { once } from "node:events"
import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { inviteUnit } from "../testing/unit.ts"
import { createDeskServer } from "./index.ts"
import { send, serve } from "./testing/serve.ts"

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
