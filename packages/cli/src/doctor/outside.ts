import { type SocksProxy, socksFetch } from "@govah/node"
import { type Finding, finding } from "./finding.ts"

/** Largest difference of clocks that harms nothing, in seconds: work is bound to a day, give or take three. */
const MAX_CLOCK_SECONDS = 300

/** How the relay answers whoever comes from outside. @param socks - Tor's proxy, for an onion address. */
export async function checkOutside(
  url: string,
  socks: SocksProxy | null,
  now: Date,
): Promise<readonly Finding[]> {
  const { protocol, hostname } = new URL(url)
  const isOnion = hostname.endsWith(".onion")
  const ask = async (path: string): Promise<Response> => {
    const wish = { method: "GET", signal: AbortSignal.timeout(120_000) }
    const target = new URL(path, url).href
    return socks === null
      ? await fetch(target, { ...wish, redirect: "manual" })
      : await socksFetch(socks, target, wish)
  }
  const found: Finding[] = []
  if (protocol === "http:" && !isOnion && !/^(127\.|\[::1\]|localhost$)/.test(hostname)) {
    found.push(
      finding(
        "no-tls",
        "the address is http, and no onion",
        "whoever watches the line sees who comes and how much they bring, and can stand in for the relay",
        "an onion service (govah relay --onion DIR), or TLS (ops/nginx, ops/caddy)",
      ),
    )
  }
  let health: Response
  try {
    health = await ask("/health")
  } catch {
    return [...found, notReached("nothing answers there")]
  }
  if (health.status >= 300 && health.status < 400) return [...found, redirects(health.status)]
  const text = (await health.text()).slice(0, 100)
  if (health.status !== 200 || text !== "ok\n")
    return [...found, notReached(`the answer is ${health.status}, and not a relay's`)]
  const metrics = await ask("/metrics")
  await metrics.body?.cancel()
  if (metrics.status === 200) {
    found.push(
      finding(
        "metrics-public",
        "/metrics answers to everybody",
        "how much is sent when is for you alone",
        "a socket or a port of loopback: GOVAH_RELAY_METRICS",
      ),
    )
  }
  return [...found, ...checkHeaders(health.headers), ...checkClock(health.headers, now)]
}

function notReached(what: string): Finding {
  const why = "nobody else reaches it either, or something else answers in its place"
  return finding(
    "not-reached",
    what,
    why,
    "look at what stands in front of it: tor, nginx, Caddy, the firewall",
  )
}

function redirects(status: number): Finding {
  const why = "senders follow no redirection: it could lead them past Tor"
  return finding(
    "redirects",
    `the address answers ${status}`,
    why,
    "name the final address on the desk's card",
  )
}

function checkHeaders(headers: Headers): readonly Finding[] {
  const found: Finding[] = []
  if (headers.has("set-cookie")) {
    found.push(
      finding(
        "sets-cookie",
        "answers set a cookie",
        "it ties all visits of one browser together",
        "find what sets it (a load balancer, a CDN, a captcha) and switch it off, or leave it",
      ),
    )
  }
  const named = ["server", "x-powered-by", "via"].filter((name) => /\d/.test(headers.get(name) ?? ""))
  if (named.length > 0) {
    found.push(
      finding(
        "names-software",
        `answers name a program and its version (${named.join(", ")})`,
        "it tells which faults it has, and which of your machines are alike",
        "server_tokens off; in nginx, header -Server in Caddy",
      ),
    )
  }
  return found
}

function checkClock(headers: Headers, now: Date): readonly Finding[] {
  const seconds = Math.abs(Date.parse(headers.get("date") ?? "") - now.getTime()) / 1000
  if (!(seconds > MAX_CLOCK_SECONDS)) return []
  return [
    finding(
      "clock-wrong",
      `the clocks here and there differ by ${Math.round(seconds)} seconds`,
      "days decide what is deleted, and which work and capabilities count",
      "set the clock; on the relay's machine: timedatectl",
    ),
  ]
}
