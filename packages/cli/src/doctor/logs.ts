import { type Finding, finding } from "./finding.ts"
import type { Machine } from "./machine.ts"

/** A line of a configuration that writes down who came, and the file that it stands in. */
interface LogLine {
  readonly file: string
  readonly says: string
}

const SHIPPED = "use the file that is shipped: ops/nginx/nginx.conf, ops/caddy/Caddyfile"

/**
 * What stands in front of a relay and writes down who came. Configurations are read lightly, for the words that matter:
 * a site that is not the relay's may be named too.
 */
export function checkLogs(machine: Machine): readonly Finding[] {
  const proxies = [...nginxLogs(machine), ...caddyLogs(machine), ...apacheLogs(machine)].map(
    ({ file, says }) =>
      finding(
        "proxy-logs",
        `${file}: ${says}`,
        "it writes the address of everybody who comes, with the time",
        SHIPPED,
      ),
  )
  const kept = ["nginx", "caddy", "apache2"]
    .flatMap((name) => machine.find(`/var/log/${name}/*`))
    .filter((path) => (machine.stat(path)?.size ?? 0) > 0)
  const old = kept.map((path) =>
    finding(
      "logs-kept",
      `${path} is not empty`,
      "what a server wrote before it was silenced is still there, and in backups",
      `shred -u ${path}`,
    ),
  )
  return [...proxies, ...old, ...checkTor(machine), ...checkUnit(machine)]
}

function nginxLogs(machine: Machine): readonly LogLine[] {
  const main = ["/etc/govah/nginx.conf", "/etc/nginx/nginx.conf"]
  return main.flatMap((file) => {
    const text = withIncludes(machine, file, 0)
    // One that forwards nothing stands in front of no relay.
    if (!/\bproxy_pass\b/.test(text)) return []
    const lines: LogLine[] = []
    const access = [...text.matchAll(/^\s*access_log\s+([^;\s]+)/gm)].map((match) => match[1] as string)
    for (const target of access.filter((one) => one !== "off" && one !== "/dev/null"))
      lines.push({ file, says: `access_log ${target}` })
    if (access.length === 0)
      lines.push({ file, says: "no access_log off: nginx logs unless it is told not to" })
    const errors = [...text.matchAll(/^\s*error_log\s+([^;\s]+)/gm)].map((match) => match[1] as string)
    for (const target of errors.filter((one) => one !== "/dev/null"))
      lines.push({ file, says: `error_log ${target}` })
    if (errors.length === 0)
      lines.push({ file, says: "no error_log /dev/null: every error names an address" })
    return lines
  })
}

/** Deepest chain of files that include each other; more is a circle. */
const MAX_DEPTH = 5

function withIncludes(machine: Machine, file: string, depth: number): string {
  const text = (machine.read(file) ?? "").replaceAll(/(^|\s)#.*$/gm, "")
  if (depth === MAX_DEPTH) return text
  return text.replaceAll(/^\s*include\s+([^;]+);/gm, (_line, pattern: string) => {
    const path = pattern.trim().startsWith("/") ? pattern.trim() : `/etc/nginx/${pattern.trim()}`
    return machine
      .find(path)
      .map((one) => `\n${withIncludes(machine, one, depth + 1)}`)
      .join("\n")
  })
}

function caddyLogs(machine: Machine): readonly LogLine[] {
  const file = "/etc/caddy/Caddyfile"
  const text = (machine.read(file) ?? "").replaceAll(/(^|\s)#.*$/gm, "")
  if (!/\breverse_proxy\b/.test(text)) return []
  const blocks = [...text.matchAll(/\blog\b[^\n{]*\{([^}]*)\}/g)].map((match) => match[1] as string)
  const loud = blocks.filter((block) => !/\boutput\s+discard\b/.test(block))
  const lines = loud.map(() => ({ file, says: "a log that is not discarded" }))
  const bare = /^\s*log\s*$/m.test(text) ? [{ file, says: "log" }] : []
  const silent = /\blog\s+default\s*\{[^}]*\boutput\s+discard\b/.test(text)
  return [...lines, ...bare, ...(silent ? [] : [{ file, says: "the log of errors is not discarded" }])]
}

function apacheLogs(machine: Machine): readonly LogLine[] {
  const files = ["apache2.conf", "conf-enabled/*.conf", "sites-enabled/*.conf"]
  const read = files.flatMap((pattern) => machine.find(`/etc/apache2/${pattern}`))
  const texts = read.map((file) => ({ file, text: (machine.read(file) ?? "").replaceAll(/^\s*#.*$/gm, "") }))
  if (!texts.some(({ text }) => /^\s*ProxyPass/m.test(text))) return []
  return texts.flatMap(({ file, text }) =>
    [...text.matchAll(/^\s*((?:CustomLog|ErrorLog|TransferLog)\s+"?([^"\s]+))/gm)]
      .filter((match) => match[2] !== "/dev/null")
      .map((match) => ({ file, says: match[1] as string })),
  )
}

function checkTor(machine: Machine): readonly Finding[] {
  const file = "/etc/tor/torrc"
  const text = (machine.read(file) ?? "").replaceAll(/^\s*#.*$/gm, "")
  const services = (text.match(/^\s*HiddenServiceDir\s/gim) ?? []).length
  if (services === 0) return []
  const found: Finding[] = []
  const logs = [...text.matchAll(/^\s*Log\s+(.+)$/gim)].map((match) => (match[1] as string).trim())
  if (logs.length === 0 || logs.some((log) => !log.endsWith("/dev/null"))) {
    found.push(
      finding(
        "tor-logs",
        `${file}: tor logs${logs.length === 0 ? ", as Debian's does unless told" : ""}`,
        "every six hours it writes how many came",
        "the lines of: govah relay tor-config",
      ),
    )
  }
  if ((text.match(/^\s*HiddenServicePoWDefensesEnabled\s+1/gim) ?? []).length < services) {
    found.push(
      finding(
        "onion-unguarded",
        `${file}: an onion service without proof of work`,
        "a flood of introductions shuts it for everybody",
        "the lines of: govah relay tor-config",
      ),
    )
  }
  return found
}

function checkUnit(machine: Machine): readonly Finding[] {
  const file = "/etc/systemd/system/govah-relay.service"
  const text = machine.read(file)
  if (text === null || /^StandardOutput=null$/m.test(text)) return []
  return [
    finding(
      "unit-logs",
      `${file}: what the relay prints goes to the journal`,
      "the journal keeps the second at which it started and stopped",
      "StandardOutput=null, as in ops/systemd/govah-relay.service",
    ),
  ]
}
