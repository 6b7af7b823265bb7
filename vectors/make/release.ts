import { canonicalJson } from "../../packages/core/src/bytes/index.ts"
import {
  formatVerifierKey,
  leafHash,
  MerkleTree,
  type NoteSigner,
  signCheckpoint,
  signNote,
  verifierKey,
} from "../../packages/core/src/log/index.ts"
import {
  formatLogProof,
  formatManifest,
  joinSingleFile,
  type Manifest,
  manifestHash,
  releaseEntry,
} from "../../packages/core/src/release/index.ts"
import { base64, hex, key, seeded, sha256, SOURCE, type Vectors } from "./seeded.ts"

const p = seeded("release")
async function signer(name: string): Promise<NoteSigner> {
  const seed = key(name)
  return { name, publicKey: await p.publicKey(seed), sign: (message) => p.sign(seed, message) }
}
const one = await signer("release.example/one")
const two = await signer("release.example/two")
const three = await signer("release.example/three")
const stranger = await signer("release.example/stranger")
const log = await signer("log.example/releases")
const otherLog = await signer("log.example/other")
const spelt = ({ name, publicKey }: NoteSigner): string => formatVerifierKey(verifierKey(name, publicKey))

const keys = { log: spelt(log), signers: [one, two, three].map(spelt), threshold: 2, v: 1 }
const page = Buffer.from("<!doctype html><title>x</title>")
const named = (path: string, text: string) => ({ path, bytes: text.length, sha256: sha256(Buffer.from(text)) })
const manifest: Manifest = {
  version: 7,
  worker: sha256(Buffer.from("worker")),
  assets: [named("assets/index-a1.js", "script"), named("index.html", page.toString())],
  file: { bytes: page.length, sha256: sha256(page) },
}
const text = formatManifest(manifest)

/** A note with the signatures of several, in order. */
async function signedBy(signed: string, signers: readonly NoteSigner[]): Promise<string> {
  const notes = await Promise.all(signers.map((each) => signNote(signed, each)))
  const [first = "", ...more] = notes.map((note) => Buffer.from(note).toString())
  return first + more.map((note) => note.slice(note.lastIndexOf("\n\n") + 2)).join("")
}

const tree = new MerkleTree()
const entries = [1, 2, 3, 5].map((version) => releaseEntry(version, key(`manifest ${version}`)))
for (const entry of [...entries, releaseEntry(7, manifestHash(text)), releaseEntry(8, key("manifest 8"))])
  tree.append(leafHash(entry))
const headOf = (by: NoteSigner, size = tree.size, of = tree): Promise<Uint8Array> =>
  signCheckpoint({ origin: by.name, size, root: of.root(size) }, by)
const INDEX = 4
const checkpoint = await headOf(log)
const hashes = tree.inclusionProof(INDEX)
const proof = (over: { index?: number; hashes?: Uint8Array[]; checkpoint?: Uint8Array } = {}): string =>
  Buffer.from(formatLogProof({ index: INDEX, hashes, checkpoint, ...over })).toString()

const good = await signedBy(text, [one, three])
const opens = (name: string, expect: string, received: string, proven = proof()) => ({
  name,
  expect,
  release: `${received}\n${proven}`,
})
const spoilt = async (name: string, from: string, to: string, expect = "reject:malformed") => {
  if (!text.includes(from)) throw new Error(name)
  return opens(name, expect, await signedBy(text.replace(from, to), [one, two]))
}
const flipped = (note: string): string => {
  const bytes = Buffer.from(note.split(" ").at(-1) as string, "base64")
  bytes[20] = (bytes[20] as number) ^ 1
  return `${note.slice(0, note.lastIndexOf(" ") + 1)}${bytes.toString("base64")}\n`
}

const leaves = (of: MerkleTree): string => of.level(0).map(hex).join("")
const fork = new MerkleTree()
for (const version of [1, 2, 4, 5, 7, 8, 9]) fork.append(leafHash(releaseEntry(version, key(`fork ${version}`))))
const head = (of: MerkleTree, size: number) => ({ size, root: hex(of.root(size)) })
const grows = (name: string, expect: string, seen: object | null, now: object, tile: string) => ({
  name,
  expect,
  growth: { seen, now, tile },
})

const joined = joinSingleFile({ body: page, release: Buffer.from(`${good}\n${proof()}`) })
const single = (name: string, expect: string, edits: readonly object[], bytes: Uint8Array = joined) => ({
  name,
  expect,
  single: base64(bytes),
  edits,
})
const pinned = (name: string, expect: string, over: object) => ({ name, expect, keys: { ...keys, ...over } })

export const releases: Vectors = {
  source: SOURCE,
  spec: "spec/release.md",
  note: "release: a release file, opened with the file's keys (two of three); its hash is the file's. single: an edition in one file (base64), edited, and taken apart; its body is the file's; not-released where it has no trailer. keys: a list of keys to pin; none where it names nobody. growth: whether the log with the head `now` (whose leaf hashes are `tile`, hex) grew out of the one with the head `seen`.",
  keys,
  hash: hex(manifestHash(text)),
  body: base64(page),
  cases: [
    opens("two of three", "accept", good),
    opens("all three", "accept", await signedBy(text, [one, two, three])),
    opens("a stranger beside two", "accept", await signedBy(text, [stranger, two, one])),
    opens("one of three", "reject:not-signed", await signedBy(text, [two])),
    opens("one and a stranger", "reject:not-signed", await signedBy(text, [two, stranger])),
    opens("strangers alone", "reject:not-signed", await signedBy(text, [stranger])),
    opens("one, twice", "reject:bad-signature", await signedBy(text, [one, one])),
    opens("the log's key beside one", "reject:not-signed", await signedBy(text, [one, log])),
    opens("two, and a third that does not fit", "reject:bad-signature", flipped(await signedBy(text, [one, two, three]))),
    opens("another text under the signatures", "reject:bad-signature", good.replace('"version":7', '"version":9')),
    opens("no signature", "reject:malformed", text),
    opens("nothing", "reject:malformed", ""),
    opens("cut", "reject:malformed", good.slice(0, -1)),
    opens("longer than any note", "reject:too-long", `${good}${"— x ".repeat(20_000)}`),
    await spoilt("a newer kind", "govah-release-v1", "govah-release-v2", "reject:unknown-version"),
    await spoilt("another tag", "govah-release-v1", "govah-card-v1"),
    await spoilt("version 0", '"version":7', '"version":0'),
    await spoilt("a version of ten digits", '"version":7', '"version":1000000000'),
    await spoilt("a version in words", '"version":7', '"version":"7"'),
    await spoilt("a member more", '"v":1', '"u":1,"v":1'),
    await spoilt("a path that climbs", "assets/index-a1.js", "assets/../x"),
    await spoilt("a path from the root", "assets/index-a1.js", "/assets/x.js"),
    await spoilt("an address", "assets/index-a1.js", "https://x/y.js"),
    await spoilt("an empty segment", "assets/index-a1.js", "assets//a.js"),
    await spoilt("a query", "assets/index-a1.js", "assets/a.js?x"),
    await spoilt("files out of order", "assets/index-a1.js", "z.js"),
    await spoilt("a file twice", "assets/index-a1.js", "index.html"),
    await spoilt("no page", "index.html", "page.html"),
    opens(
      "the worker as a file",
      "reject:malformed",
      await signedBy(text.replace("}],", `},${canonicalJson(named("sw.js", "worker"))}],`), [one, two]),
    ),
    opens(
      "a proof as a file",
      "reject:malformed",
      await signedBy(text.replace("}],", `},${canonicalJson(named("release/proof.txt", "x"))}],`), [one, two]),
    ),
    await spoilt("a hash in capitals", sha256(Buffer.from("script")), sha256(Buffer.from("script")).toUpperCase()),
    await spoilt("more than all may weigh", '"bytes":6', '"bytes":33554432', "reject:too-long"),
    await spoilt("a space", '"v":1', '"v": 1'),
    opens("another log", "reject:not-logged", good, proof({ checkpoint: await headOf(otherLog) })),
    opens("another place in the log", "reject:not-logged", good, proof({ index: 3 })),
    opens("a place beyond its end", "reject:not-logged", good, proof({ index: 6 })),
    opens("a proof for another size", "reject:not-logged", good, proof({ checkpoint: await headOf(log, 5) })),
    opens("a hash too few", "reject:not-logged", good, proof({ hashes: hashes.slice(1) })),
    opens("another release's proof", "reject:not-logged", good, proof({ index: 5, hashes: tree.inclusionProof(5) })),
    opens("no proof", "reject:malformed", good, ""),
    opens("a proof of a newer kind", "reject:malformed", good, proof().replace("@v1", "@v2")),
    opens("an index with a zero in front", "reject:malformed", good, proof().replace("index 4", "index 04")),
    opens("a hash that is cut", "reject:malformed", good, proof().replace(/=\n\n/, "\n\n")),
    opens("a checkpoint that is cut", "reject:not-logged", good, proof().slice(0, -1)),
    single("one file", "accept", []),
    single("without its trailer", "reject:not-released", [{ cut: { to: page.length } }]),
    single("a byte behind", "reject:malformed", [{ append: "0a" }]),
    single("a script behind", "reject:malformed", [{ append: hex(Buffer.from("<script>1</script>")) }]),
    single("a byte short", "reject:malformed", [{ cut: { to: joined.length - 1 } }]),
    single("the comment closed early", "reject:malformed", [
      { xor: { at: page.length + 20, with: hex(Uint8Array.from(Buffer.from("-->"), (byte, i) => byte ^ (joined[page.length + 20 + i] as number))) } },
    ]),
    { name: "keys", expect: "accept", keys },
    pinned("no key at all", "reject:none", { signers: [], log: null }),
    pinned("more than there are", "reject:bad-keys", { threshold: 4 }),
    pinned("none needed", "reject:bad-keys", { threshold: 0 }),
    pinned("no log", "reject:bad-keys", { log: null }),
    pinned("a log alone", "reject:bad-keys", { signers: [] }),
    pinned("one key twice", "reject:bad-keys", { signers: [one, one].map(spelt) }),
    pinned("one key under two names", "reject:bad-keys", {
      signers: [spelt(one), formatVerifierKey(verifierKey("other.example", one.publicKey))],
    }),
    pinned("the log's key as a signer's", "reject:bad-keys", { signers: [one, log].map(spelt) }),
    pinned("a key cut short", "reject:bad-keys", { signers: [spelt(one), spelt(two).slice(0, -2)] }),
    pinned("a newer list", "reject:bad-keys", { v: 2 }),
    grows("the first look", "accept", null, head(tree, 6), leaves(tree)),
    grows("two more", "accept", head(tree, 4), head(tree, 6), leaves(tree)),
    grows("none more", "accept", head(tree, 6), head(tree, 6), leaves(tree)),
    grows("one fewer", "reject:split-log", head(fork, 7), head(tree, 6), leaves(tree)),
    grows("another of the same length", "reject:split-log", { ...head(fork, 6) }, head(tree, 6), leaves(tree)),
    grows("another that is longer", "reject:split-log", head(tree, 4), head(fork, 7), leaves(fork)),
    grows("a leaf changed", "reject:split-log", null, head(tree, 6), leaves(tree).replace(/^./, (c) => (c === "0" ? "1" : "0"))),
    grows("a leaf too few", "reject:split-log", null, head(tree, 6), leaves(tree).slice(64)),
    grows("a leaf too many", "reject:split-log", null, head(tree, 6), `${leaves(tree)}${"0".repeat(64)}`),
    grows("no leaves", "reject:split-log", null, head(tree, 6), ""),
    grows("more than anybody follows", "reject:too-long", null, { size: 4_097, root: hex(tree.root()) }, ""),
  ],
}
