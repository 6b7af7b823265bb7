import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { createFieldServer, type FieldServer } from "./index.ts"

async function serve(): Promise<FieldServer> {
  const directory = await mkdtemp(join(tmpdir(), "govah-page-"))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await writeFile(join(directory, "index.html"), "<!doctype html><title>x</title>")
  await writeFile(join(directory, "secret.env"), "no")
  const server = await createFieldServer({ port: 0, directory })
  onTestFinished(() => server.close())
  return server
}

test("serves the page with headers that let nothing else in", async () => {
  const server = await serve()
  const answer = await fetch(server.url)
  expect(answer.status).toBe(200)
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8")
  expect(answer.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /,
  )
  expect(answer.headers.get("content-security-policy")).toContain("font-src 'self'")
  expect(answer.headers.get("permissions-policy")).toContain("geolocation=(self)")
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer")
  expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin")
})

test("gives nothing outside its folder, nothing of other kinds, and takes nothing", async () => {
  const server = await serve()
  for (const path of [
    "/secret.env",
    "/../package.json",
    "/%2e%2e/package.json",
    "//etc/passwd",
    "/index.html/",
  ]) {
    expect(await statusOf(server.port, path)).toBe(404)
  }
  expect((await fetch(server.url, { method: "POST", body: "x" })).status).toBe(405)
})

test("says which port is taken, and that the page is not built", async () => {
  const server = await serve()
  const directory = await mkdtemp(join(tmpdir(), "govah-page-"))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await expect(createFieldServer({ port: 0, directory })).rejects.toMatchObject({ code: "not-built" })
  await writeFile(join(directory, "index.html"), "")
  const taken = createFieldServer({ port: server.port, directory })
  await expect(taken).rejects.toMatchObject({
    code: "port-taken",
    message: `port ${server.port} is taken by another program`,
  })
})

/** The status of a path as it is written: `fetch` would tidy it up first. */
function statusOf(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on("error", reject)
      .end()
  })
}
