import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { type IncomingMessage, request } from "node:http"
import { join, resolve } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { workFor } from "./paid-post.ts"

const shipped = readFileSync(resolve(import.meta.dirname, "../ops/systemd/govah-relay.service"), "utf8")

/** What systemd says that a unit is exposed to: 0 nothing, 10 everything. */
async function exposure(unit: string): Promise<number> {
  const file = join(await freshFolder(), "govah-relay.service")
  writeFileSync(file, unit)
  const said = execFileSync("systemd-analyze", ["security", "--offline=yes", "--no-pager", file], {
    encoding: "utf8",
  })
  return Number(/Overall exposure level for govah-relay\.service: ([\d.]+)/.exec(said)?.[1])
}

test("systemd counts the unit among the safe, and one without its lines among the unsafe", async () => {
  expect(await exposure(shipped)).toBeLessThanOrEqual(0.5)
  const kept = /^(\[|ExecStart=|Type=|User=|Environment=|WantedBy=)/
  const bare = shipped.split("\n").filter((line) => kept.test(line))
  expect(await exposure(bare.join("\n"))).toBeGreaterThan(8)
})

test("systemd understands every line of the unit", async () => {
  const folder = await freshFolder()
  const verify = (unit: string): string => {
    const file = join(folder, "govah-relay.service")
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"))
    return spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" }).stderr
  }
  const ours = (said: string): string[] => said.split("\n").filter((line) => line.includes("govah-relay"))
  expect(ours(verify(shipped))).toEqual([])
  expect(ours(verify(shipped.replace("ProtectProc=", "ProtectProcesses="))).join()).toContain("Unknown key")
})

const main = resolve(import.meta.dirname, "../packages/relay/src/main.ts")

/** Starts the unit's own program under another one, as far as this machine can do what the unit asks of systemd. */
async function startUnder(wrapper: readonly string[], folder: string): Promise<ChildProcess> {
  const [program = "", ...args] = wrapper
  const child = spawn(program, [...args, process.execPath, main], {
    env: {
      ...process.env,
      GOVAH_RELAY_FILE: join(folder, "relay.db"),
      GOVAH_RELAY_SOCKET: join(folder, "relay.sock"),
      GOVAH_RELAY_METRICS: join(folder, "metrics.sock"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  let text = ""
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    text += chunk as string
    if (text.includes("ready on its socket")) break
  }
  expect(text).toContain("ready on its socket")
  return child
}

interface Answer {
  readonly status: number
  readonly body: Uint8Array
}

async function ask(
  socketPath: string,
  path: string,
  post?: { bundle: Uint8Array; work: string },
): Promise<Answer> {
  const headers = post && { "Content-Type": "application/octet-stream", "Govah-Work": post.work }
  const outgoing = request({ socketPath, path, method: post ? "POST" : "GET", ...(headers && { headers }) })
  outgoing.end(post?.bundle)
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage]
  const body = Buffer.concat(await incoming.toArray())
  return { status: incoming.statusCode ?? 0, body: new Uint8Array(body) }
}

/** What a relay at work does: it is well, takes cells that are paid for, and tells its figures. */
async function putToWork(folder: string): Promise<void> {
  const socket = join(folder, "relay.sock")
  expect((await ask(socket, "/health")).status).toBe(200)
  const bundle = randomBytes(32_768)
  const work = await workFor((await ask(socket, "/price")).body, bundle)
  expect((await ask(socket, "/cells", { bundle, work })).status).toBe(200)
  expect((await ask(join(folder, "metrics.sock"), "/metrics")).status).toBe(200)
}

test("a relay without any network takes cells and tells its figures, by its sockets", async () => {
  const folder = await freshFolder()
  await startUnder(["unshare", "--user", "--map-root-user", "--net"], folder)
  await putToWork(folder)
})

/** The names in a systemd set of system calls, sets within it opened. */
function systemCalls(set: string): Set<string> {
  const said = execFileSync("systemd-analyze", ["syscall-filter", "--no-pager", set], { encoding: "utf8" })
  const lines = said.split("\n").map((line) => line.trim())
  const names = lines.filter((line) => /^[a-z_0-9]+$/.test(line))
  return new Set([
    ...names,
    ...lines
      .filter((line) => /^@[a-z-]+$/.test(line) && line !== set)
      .flatMap((inner) => [...systemCalls(inner)]),
  ])
}

test("the system calls that the unit allows are enough for a relay at work", async () => {
  const folder = await freshFolder()
  const trace = join(folder, "trace")
  // Nobody, as in the unit: SQLite gives files away where it is root.
  const nobody = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
  const tracing = await startUnder(
    [...nobody, "strace", "-f", "-qq", "-e", "signal=none", "-o", trace],
    folder,
  )
  await putToWork(folder)
  const [child = ""] = readFileSync(`/proc/${tracing.pid}/task/${tracing.pid}/children`, "utf8").split(" ")
  process.kill(Number(child), "SIGTERM")
  await once(tracing, "close")
  const used = new Set(readFileSync(trace, "utf8").match(/(?<=^\d+ +)[a-z_0-9]+(?=\()/gm))
  expect(used).toContain("fsync")
  const allowed = systemCalls("@system-service")
  for (const name of [...systemCalls("@privileged"), ...systemCalls("@resources")]) allowed.delete(name)
  expect(allowed).not.toContain("mount")
  const refused = [...used].filter((name) => !allowed.has(name))
  expect(refused).toEqual([])
})
