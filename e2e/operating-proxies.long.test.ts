import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { startGovah } from "./govah-process.ts"
import {
  bodyOnDisk,
  MARKS,
  makeCertificate,
  marksFound,
  plantedPost,
  plantedRequest,
  type RunningProxy,
  sendPlantedTraffic,
  startProxyServer,
} from "./proxy-support.ts"
import { freePorts } from "./tor/tor-process.ts"

// The configurations under ops/, in Debian's own nginx and Caddy; only places and ports are this test's.
const shipped = (path: string): string => readFileSync(resolve(import.meta.dirname, "../ops", path), "utf8")

interface World {
  readonly folder: string
  readonly socket: string
  readonly port: number
  relayEnds(): Promise<void>
}

async function world(): Promise<World> {
  const folder = await freshFolder()
  const socket = join(folder, "relay.sock")
  const relay = startGovah(["relay", "--store", "relay.db", "--socket", socket], folder)
  const relayEnds = async (): Promise<void> => {
    relay.child.kill("SIGKILL")
    await relay.finished
  }
  onTestFinished(relayEnds)
  await relay.says(/The relay listens/)
  const [port] = (await freePorts(1)) as [number]
  return { folder, socket, port, relayEnds }
}

/** Replaces places; each must be there, or the test would no longer be of the file that is shipped. */
function moved(text: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places).reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`the shipped configuration has no ${JSON.stringify(from)}`)
    return now.replaceAll(from, to)
  }, text)
}

async function startNginx({ folder, port }: World, text: string, errors: string): Promise<RunningProxy> {
  const home = join(folder, "nginx")
  mkdirSync(home)
  const config = join(folder, "nginx.conf")
  writeFileSync(config, text)
  return await startProxyServer(
    "nginx",
    ["-e", errors, "-p", home, "-c", config, "-g", "daemon off;"],
    home,
    port,
  )
}

// Workers that are nobody could not pass to a socket in this test's folder.
const user = process.getuid?.() === 0 ? "user root root;" : ""

/** Traffic, a body cut in the middle, and a relay that dies. @returns what was found of it. */
async function attack(
  { folder, relayEnds }: World,
  url: string,
  proxy: RunningProxy,
): Promise<{
  readonly marks: readonly string[]
  readonly body: boolean
  readonly answers: readonly unknown[]
}> {
  await sendPlantedTraffic(url, Buffer.alloc(16_384, 7))
  const up = await plantedPost(url, randomBytes(32_768))
  const body = await bodyOnDisk(url, proxy)
  await relayEnds()
  const down = await plantedRequest(`${url}/cells`, "POST", Buffer.alloc(32_768, 9))
  await proxy.end()
  const marks = marksFound(proxy, [
    join(folder, "nginx"),
    join(folder, "caddy"),
    "/var/log/nginx",
    "/var/log/caddy",
  ])
  return { marks, body, answers: [up?.status, down?.status, up?.headers] }
}

test("the nginx that is shipped keeps nothing of who came, whatever fails", async () => {
  const here = await world()
  makeCertificate(join(here.folder, "tls"))
  const text = moved(shipped("nginx/nginx.conf"), {
    "user www-data;": user,
    "/run/govah/relay.sock": here.socket,
    "/run/govah-nginx": join(here.folder, "nginx", "run"),
    "/etc/govah/tls": join(here.folder, "tls"),
    "listen 443": `listen 127.0.0.1:${here.port}`,
    "listen [::]:443": `listen [::1]:${here.port}`,
  })
  const proxy = await startNginx(here, text, "/dev/null")
  const { marks, body, answers } = await attack(here, `https://127.0.0.1:${here.port}`, proxy)
  expect(answers).toMatchObject([200, 502, { server: "nginx" }])
  expect({ marks, body }).toEqual({ marks: [], body: false })
})

test("the same search finds all of it in the nginx that Debian ships", async () => {
  const here = await world()
  const site = `server { listen 127.0.0.1:${here.port} default_server;
    location / { proxy_pass http://unix:${here.socket}; } client_max_body_size 2m; }`
  const home = join(here.folder, "nginx")
  const stock = readFileSync("/etc/nginx/nginx.conf", "utf8")
  const text = moved(stock, {
    "user www-data;": user,
    "/run/nginx.pid": join(home, "pid"),
    "/var/log/nginx": home,
    "include /etc/nginx/sites-enabled/*;": site,
  }).replace(/include \/etc\/nginx\/(modules-enabled|conf\.d)\/\*\.conf;/g, "")
  const proxy = await startNginx(here, text, join(home, "error.log"))
  const { marks, body } = await attack(here, `http://127.0.0.1:${here.port}`, proxy)
  expect(marks).toEqual(
    expect.arrayContaining(["PlantedPhone/14.3 (Zahedan)", "127.0.0.77", "planted-query"]),
  )
  expect(marks).toContain("https://planted-referrer.example/secret")
  expect(body).toBe(true)
})

async function startCaddy({ folder, port }: World, text: string): Promise<RunningProxy> {
  const config = join(folder, "Caddyfile")
  writeFileSync(config, text)
  const args = ["run", "--adapter", "caddyfile", "--config", config]
  return await startProxyServer("caddy", args, join(folder, "caddy"), port)
}

test("the Caddy that is shipped keeps nothing of who came, whatever fails", async () => {
  const here = await world()
  const text = moved(shipped("caddy/Caddyfile"), {
    "relay.example {": `http://127.0.0.1:${here.port} {`,
    "/run/govah/relay.sock": here.socket,
  })
  const proxy = await startCaddy(here, text)
  const { marks, body, answers } = await attack(here, `http://127.0.0.1:${here.port}`, proxy)
  expect(answers).toMatchObject([200, 502, expect.not.objectContaining({ server: expect.anything() })])
  expect({ marks, body }).toEqual({ marks: [], body: false })
})

test("the same search finds the sender in a Caddy that nobody has told to be silent", async () => {
  const here = await world()
  const text = `{\n admin off\n}\nhttp://127.0.0.1:${here.port} {\n reverse_proxy unix/${here.socket}\n}\n`
  const { marks } = await attack(here, `http://127.0.0.1:${here.port}`, await startCaddy(here, text))
  expect(marks).toEqual(expect.arrayContaining(["PlantedPhone/14.3 (Zahedan)", "127.0.0.77"]))
  expect(MARKS).toEqual(expect.arrayContaining([...marks]))
})
