import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs"
import { request as plainRequest } from "node:http"
import { request as secureRequest } from "node:https"
import { connect } from "node:net"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { workFor } from "./paid-post.ts"

/** What a sender's program might say about the person, and where it comes from. */
export const PLANTED: Readonly<Record<string, string>> = {
  "User-Agent": "PlantedPhone/14.3 (Zahedan)",
  "X-Forwarded-For": "203.0.113.77",
  Forwarded: "for=203.0.113.78",
  Cookie: "planted-cookie=7c1b",
  Referer: "https://planted-referrer.example/secret",
  "Accept-Language": "fa-planted",
}
const QUERY = "planted-query"
const BODY = "planted text in a body "
/** Clients of the tests come from here, which no configuration and no other program of the tests names. */
const CLIENT = "127.0.0.77"

/** Everything that must not be found. */
export const MARKS: readonly string[] = [...Object.values(PLANTED), QUERY, BODY, CLIENT]

/** A reverse proxy of another project, in front of a relay. */
export interface RunningProxy {
  /** What it has printed. */
  printed(): string
  /** The process ids of it and its workers. */
  pids(): readonly number[]
  /** Ends it in order, and waits for its last words. */
  end(): Promise<void>
}

/** Starts it and waits until its port answers. @param folder - its home: whatever it writes, it writes there. */
export async function startProxyServer(
  program: string,
  args: readonly string[],
  folder: string,
  port: number,
): Promise<RunningProxy> {
  mkdirSync(folder, { recursive: true })
  const env = { PATH: process.env["PATH"], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] })
  let text = ""
  child.stdout.on("data", (chunk: Buffer) => (text += chunk))
  child.stderr.on("data", (chunk: Buffer) => (text += chunk))
  const gone = once(child, "close")
  const end = async (): Promise<void> => {
    child.kill("SIGTERM")
    await gone
  }
  onTestFinished(end)
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${text}`)
    await new Promise(setImmediate)
  }
  return {
    printed: () => text,
    pids: () => [child.pid as number, ...childrenOf(child.pid as number)],
    end,
  }
}

function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
  return listed.split(" ").filter(Boolean).map(Number)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy()
      resolve(true)
    })
    socket.on("error", () => resolve(false))
  })
}

/** What was answered to a planted request. */
interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: Uint8Array
}

/** One request with everything planted; null where the connection is ended. @param more - headers besides. */
export async function plantedRequest(
  url: string,
  method: string,
  body: Uint8Array | null,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer | null> {
  const { protocol } = new URL(url)
  const headers = {
    ...PLANTED,
    ...more,
    ...(body === null ? {} : { "Content-Type": "application/octet-stream", "Content-Length": body.length }),
  }
  const wish = { method, headers, localAddress: CLIENT, rejectUnauthorized: false, agent: false }
  const outgoing = protocol === "https:" ? secureRequest(url, wish) : plainRequest(url, wish)
  outgoing.end(body ?? undefined)
  return await new Promise((resolve) => {
    outgoing.on("error", () => resolve(null))
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = []
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
      incoming.on("close", () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: new Uint8Array(Buffer.concat(chunks)),
        })
      })
    })
  })
}

/** Posts cells that are paid for, as the field does. */
export async function plantedPost(url: string, cells: Uint8Array): Promise<Answer | null> {
  const price = await plantedRequest(`${url}/price`, "GET", null)
  const work = await workFor((price as Answer).body, cells)
  return await plantedRequest(`${url}/cells?${QUERY}=0`, "POST", cells, { "Govah-Work": work })
}

/** Everything that goes well, and everything that goes wrong, with a marker in it. */
export async function sendPlantedTraffic(url: string, cells: Uint8Array): Promise<void> {
  await plantedPost(url, cells)
  await plantedRequest(`${url}/cells?${QUERY}=1`, "POST", cells)
  await plantedRequest(`${url}/${QUERY}/none`, "GET", null)
  await plantedRequest(`${url}/cells?${QUERY}=2`, "GET", null)
  await plantedRequest(`${url}/cells?${"x".repeat(60_000)}${QUERY}`, "GET", null)
  const { port } = new URL(url)
  for (const bytes of [
    `GET /${QUERY} HTTP/9.9\r\n\r\n`,
    `${QUERY}\r\n\r\n`,
    "\u0016\u0003\u0001\u0000\u0005hello",
  ]) {
    const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress: CLIENT })
    socket.on("error", () => undefined)
    socket.end(bytes)
    await once(socket.resume(), "close")
  }
}

/**
 * Sends the first half of a body and looks, while it is under way, for its text in every regular file that the server
 * has open, also where the file has no name any more.
 */
export async function bodyOnDisk(url: string, proxy: RunningProxy): Promise<boolean> {
  const body = Buffer.alloc(64 * 16_384, BODY)
  const price = await plantedRequest(`${url}/price`, "GET", null)
  // Paid for: one that is not is refused by its head, and its body read by nobody.
  const work = await workFor((price as Answer).body, body)
  const wish = {
    method: "POST",
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Length": body.length,
      "Govah-Work": work,
    },
    rejectUnauthorized: false,
    agent: false,
  } as const
  const outgoing = url.startsWith("https:")
    ? secureRequest(`${url}/cells`, wish)
    : plainRequest(`${url}/cells`, wish)
  outgoing.on("error", () => undefined)
  await new Promise((resolve) => outgoing.write(body.subarray(0, 900_000), resolve))
  // What was written is with the kernel; the server has read it when its queue is empty, soon after. Looked at often.
  let found = false
  for (let i = 0; i < 200 && !found; i++) {
    found = proxy.pids().some((pid) => openFiles(pid).some((file) => file.includes(BODY)))
    await new Promise(setImmediate)
  }
  outgoing.destroy()
  return found
}

function openFiles(pid: number): Buffer[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    const path = `/proc/${pid}/fd/${fd}`
    try {
      return readlinkSync(path).startsWith("/") && statSync(path).isFile() ? [readFileSync(path)] : []
    } catch {
      return []
    }
  })
}

/** The marks that are found in what it printed and in every file under its folder and the system's folder of its logs. */
export function marksFound(proxy: RunningProxy, folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => filesUnder(folder))
  const evidence = Buffer.concat([Buffer.from(proxy.printed()), ...files.map((file) => readFileSync(file))])
  return MARKS.filter((mark) => evidence.includes(mark))
}

function filesUnder(folder: string): string[] {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

/** A certificate that nobody trusts, for ten years. */
export function makeCertificate(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const wish = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "3650",
  ]
  const files = ["-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")]
  execFileSync("openssl", [...wish, "-subj", "/CN=relay.example", ...files], { stdio: "ignore" })
}
