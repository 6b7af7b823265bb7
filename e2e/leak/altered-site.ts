import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"

/**
 * The same site, whose every script begins with these lines: another clock, or a browser that has not everything. By a
 * server of its own, since a worker whose script a driver hands in cannot ask other origins any more.
 *
 * @returns its address.
 */
export async function alteredSite(site: string, lines: string): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(`${site}${request.url ?? "/"}`)
      const body = Buffer.from(await answer.arrayBuffer())
      const headers = Object.fromEntries(answer.headers)
      for (const name of ["content-length", "transfer-encoding", "content-encoding"]) delete headers[name]
      const isScript = answer.headers.get("Content-Type")?.includes("javascript") === true
      response.writeHead(answer.status, headers)
      response.end(isScript ? Buffer.concat([Buffer.from(`${lines};\n`), body]) : body)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
