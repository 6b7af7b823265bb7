import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { nodePrimitives } from "@govah/node"
import { admit, createRelay, openStore } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { run } from "@govah/cli"

const deps = { now: () => new Date(), primitives: nodePrimitives }
const DESK_KEY = Buffer.alloc(32, 7).toString("base64url")
const ops = (path: string): string => resolve(import.meta.dirname, "../ops", path)

/** A machine's disk in a folder, with a store that a relay has open. */
interface Deployment {
  readonly root: string
  readonly file: string
  write(path: string, text: string): void
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "govah-doctor-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** As the guide says: the shipped files, a user for the relay, no swap, no dumps. */
async function goodDeployment(): Promise<Deployment> {
  const root = freshFolder()
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const copy = (path: string, from: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    copyFileSync(ops(from), join(root, path))
  }
  copy("etc/nginx/nginx.conf", "nginx/nginx.conf")
  copy("etc/caddy/Caddyfile", "caddy/Caddyfile")
  copy("etc/systemd/system/govah-relay.service", "systemd/govah-relay.service")
  const lines: string[] = []
  await run(["relay", "tor-config", "--onion", "/var/lib/tor/govah"], contextOf(lines), () => {})
  write("etc/tor/torrc", lines.join("\n"))
  symlinkSync("/usr/share/zoneinfo/Etc/UTC", join(root, "etc/localtime"))

  const file = join(freshFolder(), "relay.db")
  const store = openStore(file, deps)
  await admit(store, { deskKey: DESK_KEY })
  await store.close()
  if (process.getuid?.() === 0) chownSync(file, 1000, 1000)
  write("proc/99999/status", "Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nVmSwap:\t       0 kB\n")
  write("proc/99999/limits", "Limit   Soft Limit  Hard Limit  Units\nMax core file size   0   0   bytes\n")
  write("proc/99999/cgroup", "0::/system.slice/govah-relay.service\n")
  write("sys/fs/cgroup/system.slice/govah-relay.service/memory.swap.max", "0\n")
  mkdirSync(join(root, "proc/99999/fd"))
  symlinkSync(file, join(root, "proc/99999/fd/20"))
  symlinkSync("socket:[4711]", join(root, "proc/99999/fd/21"))
  write("proc/sys/kernel/core_pattern", "/dev/null\n")
  write("proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 999 0 -2\n")
  write("proc/net/tcp", `  sl  local_address rem\n${listener("0100007F:1266", "4711")}`)
  return { root, file, write }
}

const listener = (local: string, inode: string): string =>
  `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1\n`

function contextOf(lines: string[], now = new Date()): Parameters<typeof run>[1] {
  return {
    primitives: nodePrimitives,
    now: () => now,
    // Where no tor is found, the lines are printed unchecked.
    env: { PATH: "/nonexistent" },
    print: (line) => void lines.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
}

/** Runs the command. @returns exit code and the codes that it names. */
async function doctor(
  { root, file }: Pick<Deployment, "root" | "file">,
  more: readonly string[] = [],
  now = new Date(),
): Promise<{ readonly code: number; readonly found: readonly string[]; readonly lines: readonly string[] }> {
  const lines: string[] = []
  const words = ["relay", "doctor", "--store", file, "--root", root, ...more]
  const code = await run(words, contextOf(lines, now), (line) => lines.push(line))
  return { code, lines, found: lines.flatMap((line) => /^([a-z-]+): .*\.$/.exec(line)?.[1] ?? []) }
}

test("a deployment by the guide has nothing to say", async () => {
  const { code, found, lines } = await doctor(await goodDeployment())
  expect({ code, found }).toEqual({ code: 0, found: [] })
  expect(lines.at(-1)).toMatch(/Nothing was found/)
})

const LEAKS: readonly (readonly [string, string, (here: Deployment) => void])[] = [
  ["store-readable", "a store that others may read", ({ file }) => chmodSync(file, 0o644)],
  ["folder-open", "a folder that others may write", ({ file }) => chmodSync(dirname(file), 0o777)],
  [
    "wal-left",
    "a large log beside a store in use",
    ({ file }) => writeFileSync(`${file}-wal`, Buffer.alloc(17 * 1_048_576), { mode: 0o600 }),
  ],
  ["runs-as-root", "a relay of root", ({ write }) => write("proc/99999/status", "Uid:\t0\t0\t0\t0\n")],
  [
    "listens-wide",
    "every network",
    ({ write }) => write("proc/net/tcp", `x\n${listener("00000000:1266", "4711")}`),
  ],
  [
    "listens-wide",
    "every network, IPv6",
    ({ write }) => {
      write("proc/net/tcp", "x\n")
      write("proc/net/tcp6", `x\n${listener(`${"0".repeat(32)}:1266`, "4711")}`)
    },
  ],
  [
    "core-dumps",
    "a limit",
    ({ write }) => write("proc/99999/limits", "Max core file size   unlimited   unlimited   bytes\n"),
  ],
  [
    "core-dumps",
    "a collector that asks nobody",
    ({ write }) => write("proc/sys/kernel/core_pattern", "|/opt/collect %p\n"),
  ],
  [
    "swap",
    "memory in swap",
    ({ write }) => write("proc/99999/status", "Uid:\t1\t1\t1\t1\nVmSwap:\t  12 kB\n"),
  ],
  ["swap", "swap that it may use", ({ write }) => write("proc/99999/cgroup", "0::/user.slice\n")],
  [
    "proxy-logs",
    "nginx as Debian ships it",
    ({ write }) => {
      write(
        "etc/nginx/nginx.conf",
        "http {\n access_log /var/log/nginx/access.log;\n include /etc/nginx/sites-enabled/*;\n}\n",
      )
      write(
        "etc/nginx/sites-enabled/relay",
        "server {\n  location / { proxy_pass http://127.0.0.1:4710; }\n}\n",
      )
    },
  ],
  [
    "proxy-logs",
    "nginx that is told nothing",
    ({ write }) =>
      write(
        "etc/nginx/nginx.conf",
        "error_log /dev/null;\nhttp { server { location / { proxy_pass http://x; } } }\n",
      ),
  ],
  [
    "proxy-logs",
    "nginx's log of errors",
    ({ write }) =>
      write("etc/nginx/nginx.conf", "access_log off;\n# error_log /dev/null;\nproxy_pass http://x;\n"),
  ],
  [
    "proxy-logs",
    "Caddy that is told nothing",
    ({ write }) => write("etc/caddy/Caddyfile", "x {\n  reverse_proxy :4710\n}\n"),
  ],
  [
    "proxy-logs",
    "Caddy's log of a site",
    ({ write }) =>
      write(
        "etc/caddy/Caddyfile",
        "{\n log default {\n  output discard\n }\n}\nx {\n log\n reverse_proxy :4710\n}\n",
      ),
  ],
  [
    "proxy-logs",
    "Apache",
    ({ write }) =>
      write(
        "etc/apache2/sites-enabled/relay.conf",
        "ProxyPass / http://127.0.0.1:4710/\nCustomLog ${APACHE_LOG_DIR}/access.log combined\n",
      ),
  ],
  ["logs-kept", "an old log", ({ write }) => write("var/log/nginx/access.log.1", "203.0.113.7 - -\n")],
  [
    "tor-logs",
    "Debian's tor",
    ({ write }) => write("etc/tor/torrc", "HiddenServiceDir /x\nHiddenServicePoWDefensesEnabled 1\n"),
  ],
  [
    "onion-unguarded",
    "no proof of work",
    ({ write }) =>
      write(
        "etc/tor/torrc",
        "Log err file /dev/null\nHiddenServiceDir /x\n#HiddenServicePoWDefensesEnabled 1\n",
      ),
  ],
  [
    "unit-logs",
    "a unit that prints",
    ({ write }) => write("etc/systemd/system/govah-relay.service", "[Service]\nExecStart=/x\n"),
  ],
  [
    "time-zone",
    "a clock that says where",
    ({ root }) => {
      rmSync(join(root, "etc/localtime"))
      symlinkSync("/usr/share/zoneinfo/Pacific/Chatham", join(root, "etc/localtime"))
    },
  ],
]

test.each(LEAKS)("%s: %s", async (code, _name, spoil) => {
  const here = await goodDeployment()
  spoil(here)
  const said = await doctor(here)
  expect([said.code, [...new Set(said.found)]]).toEqual([1, [code]])
  const at = said.lines.findIndex((line) => line.startsWith(`${code}: `))
  expect(said.lines.slice(at + 1, at + 3)).toEqual([
    expect.stringMatching(/^ {2}why {2}\S/),
    expect.stringMatching(/^ {2}do {3}\S/),
  ])
})

test("terms that end, room that ends, and what should be gone", async () => {
  const here = await goodDeployment()
  const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000)
  expect((await doctor(here, [], inDays(70))).found).toEqual([])
  expect((await doctor(here, [], inDays(80))).found).toEqual(["capability-ends"])
  const store = openStore(here.file, deps)
  // Some 11 MB; a store keeps room for another 4 in any case.
  const cells = Array.from({ length: 640 }, () => {
    const body = nodePrimitives.random(16_384)
    return { id: nodePrimitives.sha256(body) as Uint8Array, body }
  })
  await store.put({ cells, lane: "open" })
  await store.close()
  if (process.getuid?.() === 0) chownSync(here.file, 1000, 1000)
  expect((await doctor(here, [], inDays(61))).found).toEqual([])
  expect((await doctor(here, [], inDays(62))).found).toEqual(["retention-passed"])
  expect((await doctor(here, ["--retention", "62"], inDays(62))).found).toEqual([])
  const drop = "etc/systemd/system/govah-relay.service.d/more.conf"
  here.write(drop, "[Service]\nEnvironment=GOVAH_RELAY_RETENTION_DAYS=62\n")
  expect((await doctor(here, [], inDays(62))).found).toEqual([])
  here.write(drop, "[Service]\nEnvironment=GOVAH_RELAY_MAX_BYTES=5000000\n")
  expect((await doctor(here)).found).toEqual(["disk-low"])
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test("from outside: a relay says nothing of itself, and what stands in front is caught", async () => {
  const here = await goodDeployment()
  const relay = await createRelay({ file: join(freshFolder(), "relay.db"), port: 0 }, deps)
  onTestFinished(() => relay.close())
  const from = async (url: string, now = new Date()): Promise<readonly string[]> =>
    (await doctor(here, ["--url", url], now)).found
  expect(await from(relay.url)).toEqual([])
  expect(await from(relay.url, new Date(Date.now() - 400_000))).toEqual(["clock-wrong"])
  expect(await from("http://127.0.0.1:9")).toEqual(["not-reached"])
  const leaky = await serve((_incoming, outgoing) => {
    outgoing.writeHead(200, { "Set-Cookie": "id=1", Server: "nginx/1.22.1" }).end("ok\n")
  })
  expect(await from(leaky)).toEqual(["metrics-public", "sets-cookie", "names-software"])
  const moved = await serve((_incoming, outgoing) =>
    outgoing.writeHead(301, { Location: "https://x.example/" }).end(),
  )
  expect(await from(moved)).toEqual(["redirects"])
  const other = await serve((_incoming, outgoing) => outgoing.end("<html>"))
  expect(await from(other)).toEqual(["not-reached"])
})

test("what it cannot ask safely it does not ask", async () => {
  const here = await goodDeployment()
  const onion = `http://${"a".repeat(55)}d.onion`
  for (const more of [
    ["--url", onion],
    ["--url", "relay.example"],
    ["--retention", "x"],
    ["--socks", "x"],
  ])
    expect((await doctor(here, more)).code).toBe(2)
  expect((await doctor({ ...here, file: join(here.root, "none.db") })).code).toBe(1)
})
