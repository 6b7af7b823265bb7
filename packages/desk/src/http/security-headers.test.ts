import { expect, test } from "vitest"
import { send, serve } from "./testing/serve.ts"

const OPEN = /\*|https?:|data:|unsafe|'strict-dynamic'/

test("the page may speak to its own server alone, and data that is shown as a page may do nothing", async () => {
  const { server, own } = await serve()
  const policyOf = async (path: string, headers: Readonly<Record<string, string>>): Promise<string> =>
    String((await send(server.port, path, { headers })).headers["content-security-policy"])
  const page = await policyOf("/", {})
  const sources = new Map(
    page.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1).join(" ")]),
  )
  expect(sources.get("default-src")).toBe("'none'")
  expect(sources.get("script-src")).toBe("'self'")
  expect(sources.get("connect-src")).toBe("'self'")
  expect(sources.get("form-action")).toBe("'none'")
  expect(sources.get("frame-ancestors")).toBe("'none'")
  expect(page).not.toMatch(OPEN)
  // Control: the search finds a door.
  expect(page.replace("connect-src 'self'", "connect-src *")).toMatch(OPEN)
  expect(await policyOf("/api/state", own)).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
})
