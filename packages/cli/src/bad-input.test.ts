import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Context } from "./command.ts"
import { explain } from "./explain.ts"
import { run } from "./run.ts"
import { leaveDesk, PASSPHRASE } from "./testing/desk.ts"

let folder: string
let invitation: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-cli-"))
  await writeFile(at("pass"), `${PASSPHRASE}\n`)
  await writeFile(at("wrong-pass"), "another passphrase that is wrong\n")
  await writeFile(at("empty.jpg"), "")
  await writeFile(at("words.jpg"), "not a picture")
  await writeFile(at("photo.jpg"), Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"))
  await mkdir(at("not-an-archive"))
  const pass = ["--passphrase-file", at("pass")]
  await leaveDesk(at("desk"))
  // Port 9 of loopback is answered by nobody: a relay that is down.
  const relay = ["desk", "relay", "http://127.0.0.1:9", "--road", "lan", "--capability", "A".repeat(43)]
  await must([...relay, "--desk", at("desk"), ...pass])
  invitation = (await must(["desk", "invite", "--desk", at("desk"), ...pass]))[0] as string
  await must(["field", "enrol", invitation, "--home", at("unit")])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function at(name: string): string {
  return join(folder, name)
}

interface Ran {
  readonly code: number
  readonly printed: readonly string[]
  readonly complaints: readonly string[]
}

async function runHere(argv: readonly string[]): Promise<Ran> {
  const printed: string[] = []
  const complaints: string[] = []
  const context: Context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line) => void printed.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const code = await run(argv, context, (line) => void complaints.push(line))
  return { code, printed, complaints }
}

async function must(argv: readonly string[]): Promise<readonly string[]> {
  const { code, printed, complaints } = await runHere(argv)
  if (code !== 0) throw new Error(complaints.join("\n"))
  return printed
}

async function everything(): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => !/-(wal|shm)$/.test(name)).sort()
}

const desk = (): readonly string[] => ["--desk", at("desk"), "--passphrase-file", at("pass")]
const unit = (): readonly string[] => ["--home", at("unit")]

const CALL = ["desk", "call", "--action", "vigil", "--campaign", "c", "--title", "t", "--text", "x"] as const
const SHORT = `govah-short-1.${"A".repeat(43)}.${"A".repeat(22)}.2099-01-01`

/** Name, command line, exit code, and what the one line must say: what is wrong, and what to do. */
const CASES: readonly (readonly [string, () => readonly string[], number, RegExp])[] = [
  ["unknown word", () => ["fly"], 2, /"fly" is not a command.*govah help/],
  ["unknown verb", () => ["desk", "fly"], 2, /not a command.*pull/],
  ["unknown option", () => ["desk", "list", "--fly"], 2, /--fly.*--help/],
  ["option without its value", () => ["field", "send", "--text"], 2, /--text.*--help/],
  ["missing option", () => ["desk", "init", "--desk", at("x")], 2, /--name is missing/],
  ["missing positional", () => ["relay", "take"], 2, /usage: govah relay take FILE/],
  ["option twice", () => ["field", "send", "--at", "2021", "--at", "2022", ...unit()], 2, /more than once/],
  [
    "export for nobody",
    () => ["desk", "export", "abcd1234", "0", "--out", at("e.age"), ...desk()],
    2,
    /--age is missing/,
  ],
  [
    "export to nowhere",
    () => ["desk", "export", "abcd1234", "0", "--age", "age1pq1", ...desk()],
    2,
    /--out is missing/,
  ],
  [
    "export of no number",
    () => ["desk", "export", "abcd1234", "first", "--age", "age1pq1", "--out", at("e.age"), ...desk()],
    2,
    /NUMBER is that of an attachment/,
  ],
  [
    "port that is none",
    () => ["relay", "--store", at("r.db"), "--port", "many"],
    2,
    /number from 0 to 65535/,
  ],
  [
    "host that is a name",
    () => ["relay", "--store", at("r.db"), "--host", "example.org"],
    2,
    /--host is an address of this machine/,
  ],
  [
    "proxy that is a name",
    () => ["field", "send", "--socks", "tor.example:9050", ...unit()],
    2,
    /without a name/,
  ],
  [
    "proxy without a port",
    () => ["field", "check", "--socks", "127.0.0.1", ...unit()],
    2,
    /address and a port/,
  ],
  ["everything through no proxy", () => ["desk", "pull", "--socks-all", ...desk()], 2, /needs the proxy/],
  [
    "no passphrase",
    () => ["desk", "list", "--desk", at("desk")],
    2,
    /passphrase is needed.*--passphrase-file/,
  ],
  [
    "wrong passphrase",
    () => ["desk", "list", "--desk", at("desk"), "--passphrase-file", at("wrong-pass")],
    1,
    /passphrase.*try again/,
  ],
  [
    "passphrase file missing",
    () => ["desk", "list", "--desk", at("desk"), "--passphrase-file", at("none")],
    1,
    /none is not there/,
  ],
  [
    "no desk there",
    () => ["desk", "list", "--desk", at("nowhere"), "--passphrase-file", at("pass")],
    1,
    /govah desk init/,
  ],
  [
    "desk there already",
    () => ["desk", "init", "--name", "D", ...desk()],
    1,
    /already|holds a desk|there is/,
  ],
  [
    "weak passphrase",
    () => ["desk", "init", "--name", "D", "--desk", at("weak"), "--passphrase-file", at("empty.jpg")],
    1,
    /passphrase/,
  ],
  ["no such report", () => ["desk", "show", "ffff", ...desk()], 2, /no report begins with ffff.*desk list/],
  ["relay down, pull", () => ["desk", "pull", ...desk()], 1, /no relay gave anything.*safe.*later/],
  ["publish what is not there", () => ["desk", "publish", "e9", ...desk()], 1, /e9|nothing/],
  [
    "bundle missing",
    () => ["desk", "take", at("none"), ...desk()],
    1,
    /none is not there|no bundle|cannot be read/,
  ],
  ["invitation that is none", () => ["field", "enrol", "govah-hello", "--home", at("u2")], 1, /invitation/],
  [
    "invitation cut short",
    () => ["field", "enrol", invitation.slice(0, 900), "--home", at("u2")],
    1,
    /cut short|whole.*again/,
  ],
  [
    "invitation changed",
    () => ["field", "enrol", changed(invitation), "--home", at("u2")],
    1,
    /changed|damaged/,
  ],
  [
    "invitation file missing",
    () => ["field", "enrol", at("none"), "--home", at("u2")],
    1,
    /none is not there/,
  ],
  [
    "short invitation without its card",
    () => ["field", "enrol", SHORT, "--home", at("u2")],
    2,
    /short one.*--card FILE/,
  ],
  [
    "short invitation with another card",
    () => ["field", "enrol", SHORT, "--card", at("pass"), "--home", at("u2")],
    1,
    /not the card.*Nothing was kept/,
  ],
  ["words of nobody", () => ["field", "words", "--home", at("u3")], 2, /Enrol first/],
  ["words that no unit has", () => ["desk", "confirm", "1 2 3 4 5 6", ...desk()], 2, /Nothing was confirmed/],
  [
    "short invitation, and a relay that is no address",
    () => ["field", "enrol", SHORT, "--relay", "relay", "--home", at("u2")],
    2,
    /URL is not one/,
  ],
  [
    "short invitation, and a relay that is down",
    () => ["field", "enrol", SHORT, "--relay", "http://127.0.0.1:9", "--home", at("u2")],
    1,
    /was not found: nobody answers.*another carrier/,
  ],
  [
    "short invitation, and an onion relay without Tor",
    () => ["field", "enrol", SHORT, "--relay", `http://${"a".repeat(56)}.onion`, "--home", at("u2")],
    1,
    /was not found: .*Tor is not open/,
  ],
  [
    "short invitation, and a folder without its card",
    () => ["field", "enrol", SHORT, "--card", at("not-an-archive"), "--home", at("u2")],
    1,
    /was not found: the folder does not hold it/,
  ],
  ["warning about nothing", () => ["desk", "warn", "--text", "x", ...desk()], 2, /--about is one of relay/],
  ["warning without words", () => ["desk", "warn", "--about", "relay", ...desk()], 2, /--text is missing/],
  [
    "warning of 501 letters",
    () => ["desk", "warn", "--about", "relay", "--text", "x".repeat(501), ...desk()],
    1,
    /act's words is not right/,
  ],
  [
    "warning until no day",
    () => ["desk", "warn", "--about", "relay", "--text", "x", "--until", "soon", ...desk()],
    2,
    /--until is a day/,
  ],
  [
    "end of a warning that is none",
    () => ["desk", "warn", "--end", "warning-9", ...desk()],
    2,
    /does not stand.*none/,
  ],
  ["bulletin without a title", () => ["desk", "bulletin", "--text", "x", ...desk()], 2, /--title is missing/],
  [
    "bulletin that moves the cursor",
    () => ["desk", "bulletin", "--title", "x", "--text", "\u001b[2J", ...desk()],
    1,
    /not a bulletin: words/,
  ],
  [
    "end of a bulletin that is none",
    () => ["desk", "bulletin", "--end", "b", ...desk()],
    2,
    /does not stand/,
  ],
  [
    "reply to nothing",
    () => ["desk", "reply", "abcd1234", "--text", "x", ...desk()],
    2,
    /no report begins with/,
  ],
  ["reply without words", () => ["desk", "reply", "abcd1234", ...desk()], 2, /--text is missing/],
  [
    "call for what is not peaceful",
    () => ["desk", "call", "--action", "arson", "--campaign", "c", "--title", "t", "--text", "x", ...desk()],
    2,
    /--action is one of poster.*nothing else/,
  ],
  [
    "call with a material that is none",
    () => [...CALL, "--material", at("words.jpg"), "--from", "today", ...desk()],
    2,
    /--from is a day/,
  ],
  [
    "call with a file that is not there",
    () => [...CALL, "--material", at("none"), ...desk()],
    1,
    /none is not there/,
  ],
  [
    "call with a picture that is none",
    () => [...CALL, "--material", at("photo.jpg"), ...desk()],
    1,
    /picture cannot be decoded/,
  ],
  [
    "call that ends before it begins",
    () => [...CALL, "--from", "2026-03-02", "--to", "2026-03-01", ...desk()],
    1,
    /not a call/,
  ],
  ["enrolled already", () => ["field", "enrol", invitation, ...unit()], 1, /already belongs/],
  ["home that is not there", () => ["field", "send", "--text", "x", "--home", at("u3")], 2, /Enrol first/],
  [
    "photo missing",
    () => ["field", "send", "--photo", at("none.jpg"), ...unit()],
    1,
    /missing or may not be read/,
  ],
  ["photo empty", () => ["field", "send", "--photo", at("empty.jpg"), ...unit()], 1, /empty/],
  [
    "photo that is none",
    () => ["field", "send", "--photo", at("words.jpg"), ...unit()],
    1,
    /photo|picture|media/,
  ],
  ["photo given as video", () => ["field", "send", "--video", at("photo.jpg"), ...unit()], 1, /video/],
  [
    "date that is none",
    () => ["field", "send", "--text", "x", "--at", "yesterday", ...unit()],
    1,
    /date.*YYYY-MM-DD/,
  ],
  [
    "basis that is none",
    () => ["field", "send", "--text", "x", "--basis", "guess", ...unit()],
    2,
    /saw, told, circulating/,
  ],
  ["claim that is none", () => ["field", "send", "--claim", "many", ...unit()], 2, /killed/],
  ["violent action", () => ["field", "send", "--action", "arson", ...unit()], 2, /poster, banner/],
  [
    "bundle over a file",
    () => ["field", "send", "--text", "x", "--to", at("pass"), ...unit()],
    2,
    /there already.*Nothing was sealed/,
  ],
  ["carry out without a folder", () => ["carry", "out", ...unit()], 2, /usage: govah carry out DIR/],
  ["carry out of nothing", () => ["carry", "out", at("not-an-archive"), ...unit()], 1, /nothing waits/],
  [
    "carry out of two places",
    () => ["carry", "out", at("not-an-archive"), "--store", at("relay.db"), ...unit()],
    2,
    /--home or --store, not both/,
  ],
  [
    "carry out of an empty relay",
    () => ["carry", "out", at("not-an-archive"), "--store", at("relay.db")],
    1,
    /nothing that could be carried.*Nothing was written/,
  ],
  [
    "carry in without saying where",
    () => ["carry", "in", at("not-an-archive")],
    2,
    /--store.*--desk.*--home/,
  ],
  [
    "carry in to two places",
    () => ["carry", "in", at("not-an-archive"), "--store", at("relay.db"), ...unit()],
    2,
    /one of --store/,
  ],
  [
    "carry in from what is not there",
    () => ["carry", "in", at("none"), "--store", at("relay.db")],
    1,
    /none is not there/,
  ],
  [
    "carry in from a file",
    () => ["carry", "in", at("pass"), "--store", at("relay.db")],
    1,
    /is a file, and a folder is needed/,
  ],
  [
    "invitation over a file",
    () => ["desk", "invite", "--qr", at("pass"), ...desk()],
    2,
    /there already.*No invitation was made/,
  ],
  ["nothing to carry", () => ["field", "send", "--to", at("b"), ...unit()], 1, /nothing waits/],
  ["broadcast of nothing", () => ["broadcast", ...desk()], 2, /usage: govah broadcast FILE/],
  ["broadcast of what is not there", () => ["broadcast", at("none"), ...desk()], 1, /none is not there/],
  [
    "broadcast without end to a file",
    () => ["broadcast", at("pass"), "--out", at("b.ts"), ...desk()],
    2,
    /--passes N or --bytes N/,
  ],
  ["turns that are none", () => ["broadcast", at("pass"), "--passes", "0", ...desk()], 2, /from 1/],
  [
    "recording without a key",
    () => ["broadcast", "take", at("pass"), "--out", at("o"), "--home", at("u9")],
    2,
    /Enrol/,
  ],
  [
    "recording with a key that is none",
    () => ["broadcast", "take", at("pass"), "--out", at("o"), "--key", "abc"],
    2,
    /43 characters/,
  ],
  [
    "recording of nothing",
    () => ["broadcast", "take", at("pass"), "--out", at("not-an-archive"), ...unit()],
    1,
    /signed by this desk.*Nothing was written/,
  ],
  [
    "pictures of nothing",
    () => ["qr", "show", at("pass"), "--out", at("q.html")],
    2,
    /card or an invitation.*none/,
  ],
  ["pictures to nowhere", () => ["qr", "show", invitation], 2, /--out PAGE.html/],
  ["pictures over a file", () => ["qr", "show", invitation, "--text", at("pass")], 1, /there already/],
  ["pictures that are none", () => ["qr", "read", at("pass")], 1, /no QR code of ours/],
  ["restoring from nowhere", () => ["desk", "restore", ...desk()], 2, /--relay is missing/],
  [
    "restoring from a relay that is not the desk's",
    () => ["desk", "restore", "--relay", "http://127.0.0.1:10", ...desk()],
    1,
    /no relay of that address/,
  ],
  [
    "name of a relay with a space",
    () => ["relay", "admit", "--relay", "a b", "--store", at("relay.db")],
    1,
    /1 to 64 letters/,
  ],
  ["sync with nobody", () => ["relay", "sync", "--store", at("relay.db")], 2, /--with is missing/],
  [
    "sync without a capability",
    () => ["relay", "sync", "--with", "http://127.0.0.1:9", "--store", at("relay.db")],
    2,
    /--capability is missing/,
  ],
  [
    "sync with a capability that is none",
    () => [
      "relay",
      "sync",
      "--with",
      "http://127.0.0.1:9",
      "--capability",
      "short",
      "--store",
      at("relay.db"),
    ],
    2,
    /43 characters/,
  ],
  [
    "sync with an onion without Tor",
    () => [
      "relay",
      "sync",
      "--with",
      "http://relay.onion",
      "--capability",
      "A".repeat(43),
      "--store",
      at("relay.db"),
    ],
    1,
    /Tor alone.*--socks/,
  ],
  [
    "sync over plain http in the open",
    () => [
      "relay",
      "sync",
      "--with",
      "http://relay.example",
      "--capability",
      "A".repeat(43),
      "--store",
      at("relay.db"),
    ],
    1,
    /anyone on the way.*https/,
  ],
  [
    "sync by a file that is something else",
    () => ["relay", "sync", "--with", at("photo.jpg"), "--store", at("relay.db")],
    1,
    /something else.*left as it is/,
  ],
  [
    "sync by a file in no folder",
    () => ["relay", "sync", "--with", at("nowhere/file.bin"), "--store", at("relay.db")],
    1,
    /nowhere.*not there/,
  ],
  [
    "sync by hand with a capability",
    () => ["relay", "sync", "--with", at("x.bin"), "--capability", "A".repeat(43), "--store", at("relay.db")],
    2,
    /by hand none is needed/,
  ],
  [
    "sync for no days",
    () => ["relay", "sync", "--with", "http://127.0.0.1:9", "--days", "0", "--store", at("relay.db")],
    2,
    /--days/,
  ],
  ["desk key that is none", () => ["relay", "admit", "key", "--store", at("relay.db")], 1, /verify key/],
  [
    "relay takes a file that is not there",
    () => ["relay", "take", at("none"), "--store", at("relay.db")],
    1,
    /not there/,
  ],
  [
    "a relay's file that is something else",
    () => ["relay", "fsck", "--store", at("pass")],
    1,
    /not a relay|relay's store|not a database/,
  ],
  [
    "archive of nothing",
    () => ["archive", "build", "--out", at("arch"), ...desk()],
    1,
    /no publication.*govah desk publish/,
  ],
  [
    "verify what is no archive",
    () => ["archive", "verify", at("not-an-archive")],
    1,
    /NOT as it was published|not an archive/,
  ],
  [
    "verify what is not there",
    () => ["archive", "verify", at("none")],
    1,
    /not there|NOT as it was published/,
  ],
]

test.each(CASES)("%s: one line, a code, and nothing left behind", async (_name, argv, code, says) => {
  // A relay's store is made by the first command that names one; that is not a leftover.
  await must(["relay", "fsck", "--store", at("relay.db")])
  const before = await everything()
  const ran = await runHere(argv())
  expect(ran.complaints).toHaveLength(1)
  expect(ran.complaints[0]).toMatch(says)
  expect(ran.complaints[0]).not.toMatch(/\n|fault of the program|undefined|\[object/)
  expect(ran.code).toBe(code)
  expect(await everything()).toEqual(before)
})

test("a key, a capability or words that begin with a dash are taken as they are", async () => {
  const capability = `-${"A".repeat(42)}`
  const relay = ["desk", "relay", "http://127.0.0.1:9", "--road", "lan", "--capability", capability]
  await must([...relay, ...desk()])
  await must(["relay", "admit", `-${"A".repeat(41)}A`, "--store", at("relay.db")])
  await must(["field", "send", "--keep", "--text", "-- three dead --", "--at", "2021-02-22", ...unit()])
})

test("a relay that is down leaves the report kept, and it can still be carried", async () => {
  const ran = await runHere(["field", "send", "--text", "kept", ...unit()])
  expect(ran.code).toBe(1)
  expect(ran.complaints[0]).toMatch(/not delivered yet.*safe.*govah carry out DIR/)
  expect(ran.printed.join("\n")).toContain("Kept and sealed")
  await must(["field", "send", "--to", at("carried.govah"), ...unit()])
  expect((await readFile(at("carried.govah"))).length).toBeGreaterThan(0)
})

test("a full disk is said to be one, whatever reports it", () => {
  for (const code of ["ENOSPC", "EDQUOT"]) {
    expect(explain(Object.assign(new Error("x"), { code }))).toMatch(/disk is full.*safe/)
  }
})

// A changed character in the middle of the recipient's key.
function changed(text: string): string {
  const middle = Math.floor(text.length / 2)
  return text.slice(0, middle) + (text[middle] === "A" ? "B" : "A") + text.slice(middle + 1)
}
