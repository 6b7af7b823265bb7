import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { run } from "../run.ts"
import { checkTorrc } from "./check-torrc.ts"
import { readHostname, waitForHostname } from "./hostname.ts"
import { formatTorrc } from "./torrc.ts"

const SERVICE = { folder: "/var/lib/tor/govah", socket: "/run/govah/relay.sock", deskFolder: null }
const NAME = `${"a".repeat(55)}d.onion`

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "govah-onion-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A folder with a program called tor in it. */
async function fakeTor(script: string): Promise<{ readonly PATH: string }> {
  const folder = await freshFolder()
  await writeFile(join(folder, "tor"), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, "tor"), 0o755)
  return { PATH: folder }
}

test("the lines defend against floods, log nothing, and lead to the socket alone", () => {
  const lines = formatTorrc(SERVICE).split("\n")
  for (const line of [
    "Log err file /dev/null",
    "HeartbeatPeriod 0",
    "HiddenServiceDir /var/lib/tor/govah",
    "HiddenServicePort 80 unix:/run/govah/relay.sock",
    "HiddenServicePoWDefensesEnabled 1",
    "HiddenServiceEnableIntroDoSDefense 1",
  ])
    expect(lines).toContain(line)
  const both = formatTorrc({ ...SERVICE, deskFolder: "/var/lib/tor/desk" })
  expect(both.match(/^HiddenServicePort 80 unix:\/run\/govah\/relay\.sock$/gm)).toHaveLength(2)
  expect(both.match(/^HiddenServicePoWDefensesEnabled 1$/gm)).toHaveLength(2)
})

test.each(["relative", "/a b", "/a\nLog debug stdout", '/a"', "/a#b", "/", ""])(
  "a path that tor would read otherwise is refused: %j",
  (path) => {
    expect(() => formatTorrc({ ...SERVICE, folder: path })).toThrow(/paths for tor/)
    expect(() => formatTorrc({ ...SERVICE, socket: path })).toThrow(/paths for tor/)
    expect(() => formatTorrc({ ...SERVICE, deskFolder: path })).toThrow(/paths for tor/)
  },
)

test("a tor that takes the lines, and one that says why it does not", async () => {
  const words = `while [ "$1" != -f ]; do shift; done; grep -q HiddenServicePoW "$2"`
  expect(await checkTorrc(SERVICE, await fakeTor(words))).toBe(true)
  const old = await fakeTor(`echo "Nov 25 [notice] hello"; echo "Nov 25 [warn] Unknown option 'X'."; exit 1`)
  await expect(checkTorrc(SERVICE, old)).rejects.toThrow(/Unknown option 'X'\. Tor 0\.4\.8/)
})

test("the command prints the lines and nothing else, so that they can be appended to a torrc", async () => {
  const lines: string[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: await fakeTor("exit 0"),
    print: (line: string) => void lines.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const words = ["relay", "tor-config", "--onion", SERVICE.folder]
  expect(await run(words, context, (line) => lines.push(line))).toBe(0)
  expect(`${lines.join("\n")}\n`).toBe(formatTorrc(SERVICE))
  for (const bad of [[], ["--desk-onion", "/x"], ["--onion", "x"]])
    expect(await run(["relay", "tor-config", ...bad], context, () => {})).toBe(2)
  for (const bad of [
    ["--socket", "/x", "--port", "0"],
    ["--onion", "/x", "--host", "127.0.0.1"],
  ])
    expect(await run(["relay", ...bad], context, () => {})).toBe(2)
})

test("the address is waited for, and what is none is not one", async () => {
  const folder = await freshFolder()
  expect(await readHostname(folder)).toEqual({ state: "not-yet" })
  await writeFile(join(folder, "hostname"), "example.org\n")
  expect(await readHostname(folder)).toEqual({ state: "not-yet" })
  expect(await waitForHostname(folder, AbortSignal.abort())).toBeNull()
  const found = waitForHostname(folder, new AbortController().signal)
  await writeFile(join(folder, "hostname"), `${NAME}\n`)
  expect(await found).toEqual({ state: "known", name: NAME })
})
