import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { type IncomingHttpHeaders, request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { makeTestDesk, type TestDesk } from "../../testing/folder.ts"
import { createDeskServer, type DeskServer } from "../index.ts"

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What to send. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Not fetch(): that would not send the Host, Origin and Sec-Fetch headers that an attacker's browser does. */
export async function send(port: number, path: string, sent: Sent = {}): Promise<Answer> {
  const call = request({ host: "127.0.0.1", port, path, method: sent.method ?? "GET", headers: sent.headers })
  call.end(sent.body)
  const [answer] = await once(call, "response")
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
  return { status: answer.statusCode, headers: answer.headers, body }
}

/** A test desk behind its page's server. */
export interface Served extends TestDesk {
  readonly server: DeskServer
  readonly token: string
  /** Headers that the desk's own page sends. */
  readonly own: Readonly<Record<string, string>>
}

/** Serves a new desk with a page of one line. */
export async function serve(): Promise<Served> {
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
