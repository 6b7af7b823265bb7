import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { connect } from "node:net"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { govah, main, must, startGovah } from "./govah-process.ts"
import { admitTo, fill, kept, namesOf, someCells } from "./relay-sync-support.ts"
import { openSealedRoom, SOCKS_PORT, strayPackets } from "./tor/sealed-room.ts"
import { watchStreams } from "./tor/tor-control.ts"
import { startTorNetwork, type TorNetwork } from "./tor/tor-network.ts"
import { freePorts, makeTorFolder, type TorProcess, waitFor } from "./tor/tor-process.ts"

// A private Tor network, an onion service by the very lines that the command prints, and the command line as it is.
let network: TorNetwork
beforeAll(async () => {
  network = await startTorNetwork()
})
afterAll(() => network.close())

interface OnionRelay {
  readonly folder: string
  readonly url: string
  readonly store: string
  /** The name of the second onion service, for desks that it knows. */
  readonly deskHost: string | null
}

/** A relay on a socket that it and tor alone may use, behind an onion service. */
async function startOnionRelay(name: string, deskKey: string | null = null): Promise<OnionRelay> {
  const folder = await freshFolder()
  chmodSync(folder, 0o711)
  const run = join(folder, "run")
  mkdirSync(run)
  // What the unit's RuntimeDirectory does: sockets made here belong to tor's group.
  if (network.user !== null) chownSync(run, 0, network.user.gid)
  chmodSync(run, 0o2750)
  const keys = join(network.folder, name, "keys")
  const deskKeys = join(network.folder, name, "desk")
  const second = deskKey === null ? [] : ["--desk-onion", deskKeys]
  const onion = ["--onion", keys, "--socket", join(run, "relay.sock"), ...second]
  if (deskKey !== null) giveTor(deskKeys, "authorized_clients/desk.auth", `descriptor:x25519:${deskKey}`)
  const torrc = await must(["relay", "tor-config", ...onion], folder)
  // No second log beside the test's own.
  network.start(name, `SocksPort 0\n${torrc.replace(/^Log .*\n/m, "")}`)
  const relay = startGovah(["relay", "--store", "relay.db", ...onion], folder)
  onTestFinished(async () => {
    relay.child.kill("SIGKILL")
    await relay.finished
  })
  const [, address] = await relay.says(/onion address: (http:\/\/[a-z2-7]{56}\.onion)/)
  const deskHost = deskKey === null ? null : readFileSync(join(deskKeys, "hostname"), "utf8").trim()
  return { folder, url: address as string, store: join(folder, "relay.db"), deskHost }
}

/** Puts a file into a folder that is tor's alone. */
function giveTor(folder: string, path: string, text: string): void {
  const parts = path.split("/")
  for (let i = 0; i < parts.length; i++) makeTorFolder(join(folder, ...parts.slice(0, i)), network.user)
  writeFileSync(join(folder, path), `${text}\n`, { mode: 0o600 })
  if (network.user !== null) chownSync(join(folder, path), network.user.uid, network.user.gid)
}

interface Client {
  readonly tor: TorProcess
  /** `127.0.0.1:port`. */
  readonly socks: string
  readonly socket: string
  readonly controlPort: number
}

async function startClient(name: string, more = ""): Promise<Client> {
  const [socksPort, controlPort] = (await freePorts(2)) as [number, number]
  const socket = join(network.folder, `${name}.socks`)
  const ports = `SocksPort 127.0.0.1:${socksPort}\nSocksPort unix:${socket} WorldWritable RelaxDirModeCheck`
  const tor = network.start(name, `${ports}\nControlPort 127.0.0.1:${controlPort}\n${more}`)
  await tor.bootstrapped()
  return { tor, socks: `127.0.0.1:${socksPort}`, socket, controlPort }
}

/** Asks again until the onion service's descriptor has reached the network. */
async function reachable(relay: OnionRelay, client: Client): Promise<void> {
  const host = new URL(relay.url).hostname
  const port = Number(client.socks.split(":")[1])
  await waitFor(async () => await reaches(port, host, "look"), client.tor.log)
}

/** Whether a proxy connects to port 80 of a host, as the user `user`. */
async function reaches(port: number, host: string, user: string): Promise<boolean> {
  const name = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
  const socket = connect(port, "127.0.0.1")
  try {
    for (const sent of [
      [Buffer.from([5, 1, 2])],
      [Buffer.from([1]), name(user), name("x")],
      [Buffer.from([5, 1, 0, 3]), name(host), Buffer.from([0, 80])],
    ]) {
      socket.write(Buffer.concat(sent))
      const answer = await new Promise<Buffer>((done, fail) => {
        socket.once("data", done).once("error", fail)
        socket.once("close", () => fail(new Error("closed")))
      })
      if (sent.length === 3 && sent[0]?.[1] === 1) return answer[1] === 0
    }
    return false
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** A desk that uses the relay, and a unit of it with a photograph of 8 MB kept. */
async function enrol(relay: OnionRelay, deskSocks: string): Promise<void> {
  const { folder, url, deskHost } = relay
  const key = /Verify key: (\S+)/.exec(await must(["desk", "init", "--name", "Desk"], folder))?.[1] as string
  const capability = (await must(["relay", "admit", key, "--store", relay.store], folder)).trim()
  const use = ["--road", "onion", "--capability", capability]
  await must(["desk", "relay", url, ...use], folder)
  if (deskHost !== null) await must(["desk", "relay", `http://${deskHost}`, ...use, "--unlisted"], folder)
  const invitation = (await must(["desk", "invite"], folder)).split("\n")[0] as string
  await must(["field", "enrol", invitation, "--home", "unit"], folder)
  const photo = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(8_000_000)])
  await writeFile(join(folder, "photo.jpg"), photo)
  const report = ["--text", "by Tor itself", "--photo", "photo.jpg", "--keep", "--home", "unit"]
  await must(["field", "send", ...report], folder)
  expect(await must(["desk", "pull", "--socks", deskSocks], folder)).toContain("0 new reports")
}

test("a parcel travels through Tor to an onion relay and to the desk; each bundle has a circuit of its own", async () => {
  const relay = await startOnionRelay("onion1")
  const client = await startClient("client1")
  await reachable(relay, client)
  await enrol(relay, client.socks)
  const streams = await watchStreams(client.controlPort, ".onion:80")
  const sent = await must(["field", "send", "--home", "unit", "--socks", client.socks], relay.folder)
  expect(sent).toContain("it has everything")
  // 8 MB are some 500 cells, at most 64 of them in one bundle.
  expect(streams.length).toBeGreaterThanOrEqual(8)
  const pulled = await must(["desk", "pull", "--socks", client.socks], relay.folder)
  expect(pulled).toMatch(/1 new reports, 1 now whole/)
  expect(new Set(streams.map(({ circuit }) => circuit)).size).toBe(streams.length)

  // The same watch sees two streams that share a circuit, where a program gives no credentials of its own to each.
  const before = streams.length
  const port = Number(client.socks.split(":")[1])
  const host = new URL(relay.url).hostname
  expect(await reaches(port, host, "same")).toBe(true)
  expect(await reaches(port, host, "same")).toBe(true)
  await expect.poll(() => streams.length).toBe(before + 2)
  expect(new Set(streams.slice(before).map(({ circuit }) => circuit)).size).toBe(1)
})

test("Tor is killed in the middle of an upload: not one packet leaves but to its port; the rest goes when it is back", async () => {
  const relay = await startOnionRelay("onion2")
  const client = await startClient("client2")
  await reachable(relay, client)
  await enrol(relay, client.socks)
  const room = await openSealedRoom(relay.folder, client.socket)
  const send = [main, "field", "send", "--home", "unit", "--socks", `127.0.0.1:${SOCKS_PORT}`]
  const sending = room.run(send, relay.folder)
  await sending.says(/\d+ of \d+ pieces/)
  await client.tor.kill()
  const cut = await sending.finished
  expect([cut.code, cut.err]).toEqual([1, expect.stringMatching(/nothing went by another.*safe/)])
  // With a door that leads nowhere, and with none at all.
  expect((await room.run(send, relay.folder).finished).code).toBe(1)
  await room.shutDoor()
  const shut = await room.run(send, relay.folder).finished
  expect([shut.code, shut.out]).toEqual([1, expect.stringContaining("no proxy answers")])
  const packets = await room.packets()
  expect(packets.length).toBeGreaterThan(100)
  expect(strayPackets(packets)).toEqual([])

  const again = await startClient("client3")
  await reachable(relay, again)
  // A network that has just lost a client may lose a circuit too: a person sends again.
  let sent = 0
  let isWhole = false
  for (let tries = 0; tries < 5 && !isWhole; tries++) {
    const rest = await govah(["field", "send", "--home", "unit", "--socks", again.socks], relay.folder)
    sent += Number(/(\d+) pieces sent/.exec(rest.out)?.[1] ?? 0)
    isWhole = rest.out.includes("it has everything")
  }
  expect(isWhole).toBe(true)
  expect(sent).toBeLessThan(500)
  expect(await must(["desk", "pull", "--socks", again.socks], relay.folder)).toContain("1 now whole")
})

test("a program that fails open is caught by the same capture: it asks for the name, and goes there directly", async () => {
  const relay = await startOnionRelay("onion3")
  const client = await startClient("client4")
  await reachable(relay, client)
  await enrol(relay, client.socks)
  await client.tor.kill()
  const room = await openSealedRoom(relay.folder, client.socket)
  const program = resolve(import.meta.dirname, "tor/failing-open-process.ts")
  await room.run([program, join(relay.folder, "unit"), `${SOCKS_PORT}`], relay.folder).finished
  const stray = strayPackets(await room.packets())
  expect(stray.filter(({ to }) => to.endsWith(".53") || to.endsWith(".domain")).length).toBeGreaterThan(0)
  expect(stray.filter(({ kind, to }) => kind === "tcp" && to === "192.0.2.7.80").length).toBeGreaterThan(0)
})

/** The two halves of a key, made by the very lines of the guide. */
function onionKey(folder: string): { readonly secret: string; readonly public: string } {
  const guide = readFileSync(resolve(import.meta.dirname, "../docs/operating/relay.md"), "utf8")
  const lines = /```sh\n(openssl genpkey[^`]+)```/.exec(guide)?.[1] as string
  const said = execFileSync("bash", ["-ec", `${lines}\necho $secret $public`], {
    cwd: folder,
    encoding: "utf8",
  })
  const [secret = "", half = ""] = said.trim().split(" ")
  return { secret, public: half }
}

test("the second onion service is found by a desk that it knows, and by nobody else", async () => {
  const key = onionKey(await freshFolder())
  const relay = await startOnionRelay("onion5", key.public)
  const host = relay.deskHost as string
  const auth = join(network.folder, "client5", "auth")
  giveTor(auth, "relay.auth_private", `${host.replace(".onion", "")}:descriptor:x25519:${key.secret}`)
  const desk = await startClient("client5", `ClientOnionAuthDir ${auth}`)
  const stranger = await startClient("client6")
  await reachable({ ...relay, url: `http://${host}` }, desk)
  // The stranger's tor works, and reaches the service that is for everybody.
  await reachable(relay, stranger)
  expect(await reaches(Number(stranger.socks.split(":")[1]), host, "stranger")).toBe(false)

  await enrol(relay, desk.socks)
  // The card names the service for everybody alone: a unit never asks for the other.
  const sent = await must(["field", "send", "--home", "unit", "--socks", stranger.socks], relay.folder)
  expect([sent, sent.includes(host)]).toEqual([expect.stringContaining("it has everything"), false])
  const streams = await watchStreams(desk.controlPort, `${host}:80`)
  expect(await must(["desk", "pull", "--socks", desk.socks], relay.folder)).toContain("1 now whole")
  expect(streams.length).toBeGreaterThan(0)
})

test("two relays become alike through Tor; with no proxy there nothing is asked, and nothing moves", async () => {
  const relay = await startOnionRelay("onion6")
  const client = await startClient("client7")
  const [theirs, mine] = [someCells(20), someCells(150)]
  await fill(relay.store, theirs)
  const own = join(relay.folder, "own.db")
  await fill(own, mine)
  const capability = await admitTo(relay.store, "mirror")
  await reachable(relay, client)
  const sync = ["relay", "sync", "--store", own, "--with", relay.url, "--capability", capability]
  const closed = await govah([...sync, "--socks", "127.0.0.1:1"], relay.folder)
  expect([closed.code, closed.err]).toEqual([1, expect.stringContaining("nothing left by another road")])
  expect(await kept(own)).toEqual(namesOf(mine))
  const streams = await watchStreams(client.controlPort, ".onion:80")
  expect(await must([...sync, "--socks", client.socks], relay.folder)).toContain(
    "20 new pieces came and 150 went",
  )
  for (const file of [own, relay.store]) expect(await kept(file)).toEqual(namesOf([...theirs, ...mine]))
  expect(streams.length).toBeGreaterThan(0)
})
