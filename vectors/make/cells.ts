import { cellId, commitTo, forgetToken, padme } from "../../packages/core/src/cell/index.ts"
import { formatCellList } from "../../packages/core/src/parcel/index.ts"
import type { CellId } from "../../packages/core/src/cell/index.ts"
import { hex, key, seeded, sha256, SOURCE, type Vectors } from "./seeded.ts"

const p = seeded("cells")
const CELL = 16_384
const PREFIX = "age-encryption.org/v1\n-> forget "
const commitment = key("commitment")
const nopad = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "")
const tail = key("tail")

async function cell(name: string, head: string, root: boolean) {
  const bytes = new Uint8Array(CELL)
  bytes.set(Buffer.from(head))
  bytes.set(tail, CELL - 32)
  return {
    name,
    expect: "accept",
    head,
    tail: hex(tail),
    id: await cellId(bytes, p),
    root,
    commitment: hex(root ? commitment : tail),
  }
}
const argument = nopad(commitment)
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
const secondSpelling = argument.slice(0, -1) + alphabet[alphabet.indexOf(argument.at(-1) as string) + 1]
const id = sha256(key("id"))
const token = (run: "attachment" | "annex" | "padding" | "root", index: number) => {
  const secret = key("forget")
  const made = forgetToken(secret, run, index)
  return { secret: hex(secret), run, index, token: hex(made), commitment: hex(commitTo(made)) }
}
const rootToken = token("root", 0)

export const cellVectors: Vectors = {
  source: SOURCE,
  spec: "spec/cell.md",
  note: "A cell is given by its first bytes (head, UTF-8) and its last 32 (tail, hex); zeros lie between. Cells: root says whether it counts as one, commitment which 32 bytes are its forget commitment. Tokens: secret, run and index derive token, whose SHA-256 is commitment.",
  cases: [
    await cell("a body cell", "", false),
    await cell("a root cell", `${PREFIX}${argument}\n\n-> X25519 `, true),
    await cell("a forget stanza with a second argument is none", `${PREFIX}${argument} x\n\n`, false),
    await cell("an argument in a second spelling is none", `${PREFIX}${secondSpelling}\n\n`, false),
    await cell("an argument of 31 bytes is none", `${PREFIX}${nopad(commitment.subarray(1))}\n\n`, false),
    await cell("an argument with padding is none", `${PREFIX}${argument}=\n\n`, false),
    await cell("another stanza first is none", `age-encryption.org/v1\n-> X25519 ${argument}\n`, false),
    await cell("another version is none", `age-encryption.org/v2\n-> forget ${argument}\n`, false),
    { name: "a token of a root", expect: "accept", ...rootToken },
    { name: "a token of an attachment", expect: "accept", ...token("attachment", 41) },
    { name: "a token of an annex", expect: "accept", ...token("annex", 0) },
    { name: "a token of padding", expect: "accept", ...token("padding", 100_000) },
    { name: "one bit of a token", expect: "reject:wrong-token", ...rootToken, token: hex(key("forget")) },
    { name: "the token of another run", expect: "reject:wrong-token", ...rootToken, run: "padding" },
    { name: "the token of another index", expect: "reject:wrong-token", ...rootToken, index: 1 },
    {
      name: "the token of another parcel",
      expect: "reject:wrong-token",
      ...rootToken,
      secret: hex(key("x")),
    },
    {
      name: "the commitment as token",
      expect: "reject:wrong-token",
      ...rootToken,
      token: rootToken.commitment,
    },
    { name: "an id", expect: "accept", text: id },
    { name: "an id in upper case", expect: "reject:not-an-id", text: id.toUpperCase() },
    { name: "an id of 63 digits", expect: "reject:not-an-id", text: id.slice(1) },
    { name: "an id of 65 digits", expect: "reject:not-an-id", text: `${id}0` },
    { name: "an id with a line feed", expect: "reject:not-an-id", text: `${id}\n` },
    { name: "an id with a space before", expect: "reject:not-an-id", text: ` ${id.slice(1)}` },
    { name: "an id with a letter beyond f", expect: "reject:not-an-id", text: `g${id.slice(1)}` },
    { name: "an id in base64", expect: "reject:not-an-id", text: Buffer.from(id, "hex").toString("base64") },
    { name: "an id with full-width digits", expect: "reject:not-an-id", text: `１${id.slice(1)}` },
    { name: "no id", expect: "reject:not-an-id", text: "" },
    { name: "an id with 0x", expect: "reject:not-an-id", text: `0x${id}` },
  ],
}

const filled = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte)
const pieces = (...parts: [number, number][]) => parts.map(([fill, length]) => ({ fill, length }))
const idOf = (byte: number): string => sha256(filled(byte, CELL))

export const bundle: Vectors = {
  source: SOURCE,
  spec: "spec/bundle.md",
  note: "A bundle is given in pieces: so many bytes (length) of one value (fill). It cannot be refused: every byte string is a bundle, and what is not a whole cell is counted in cutBytes. cells: the ids, in order.",
  cases: [
    { name: "nothing", expect: "accept", pieces: [], cells: [], cutBytes: 0 },
    { name: "one byte", expect: "accept", pieces: pieces([1, 1]), cells: [], cutBytes: 1 },
    {
      name: "one byte less than a cell",
      expect: "accept",
      pieces: pieces([1, CELL - 1]),
      cells: [],
      cutBytes: CELL - 1,
    },
    { name: "a cell", expect: "accept", pieces: pieces([1, CELL]), cells: [idOf(1)], cutBytes: 0 },
    {
      name: "a cell and a byte",
      expect: "accept",
      pieces: pieces([1, CELL], [2, 1]),
      cells: [idOf(1)],
      cutBytes: 1,
    },
    {
      name: "two cells",
      expect: "accept",
      pieces: pieces([1, CELL], [2, CELL]),
      cells: [idOf(1), idOf(2)],
      cutBytes: 0,
    },
    {
      name: "a cell twice is twice in the list, and once in the set",
      expect: "accept",
      pieces: pieces([1, CELL], [1, CELL]),
      cells: [idOf(1), idOf(1)],
      cutBytes: 0,
    },
  ],
}

const a = sha256(key("a")) as CellId
const b = sha256(key("b")) as CellId
const one = formatCellList([a])
const two = formatCellList([a, b])
const url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const bump = (text: string): string => text.slice(0, -1) + url[url.indexOf(text.at(-1) as string) + 1]
const list = (name: string, expect: string, text: string, cells?: string[]) => ({
  name,
  expect,
  text,
  ...(cells && { cells }),
})

export const cellList: Vectors = {
  source: SOURCE,
  spec: "spec/root.md#cell-lists",
  cases: [
    list("no cells", "accept", "", []),
    list("one cell", "accept", one, [a]),
    list("two cells", "accept", two, [a, b]),
    list("a cell twice: a list, not a set", "accept", formatCellList([a, a]), [a, a]),
    list("padding", "reject:malformed", `${one}=`),
    list("a second spelling", "reject:malformed", bump(one)),
    list("the other alphabet", "reject:malformed", `${"+".repeat(42)}8`),
    list("31 bytes", "reject:malformed", Buffer.from(a, "hex").subarray(1).toString("base64url")),
    list("33 bytes", "reject:malformed", Buffer.from(`${a}00`, "hex").toString("base64url")),
    list("one character", "reject:malformed", "A"),
    list("white space", "reject:malformed", `${one}\n`),
    list("a comma between", "reject:malformed", `${one},${formatCellList([b])}`),
    list("hex", "reject:malformed", a),
  ],
}

const counts = [
  1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 33, 64, 65, 100, 127, 128, 129, 257, 1_000, 1_025, 65_537,
  1_000_000,
]
export const padmeVectors: Vectors = {
  source: `${SOURCE} The formula: Nikitin et al. 2019, section 4.`,
  spec: "spec/cell.md#padme",
  note: "total is the Padmé class of count cells. reject:wrong-class: total is not.",
  cases: [
    ...counts.map((count) => ({ name: `${count}`, expect: "accept", count, total: padme(count) })),
    ...counts.map((count) => ({
      name: `${count}, one more`,
      expect: "reject:wrong-class",
      count,
      total: padme(count) + 1,
    })),
    ...[9, 17, 33, 65, 129, 1_025].map((count) => ({
      name: `${count}, unpadded`,
      expect: "reject:wrong-class",
      count,
      total: count,
    })),
    { name: "the next power of two is too much", expect: "reject:wrong-class", count: 1_025, total: 2_048 },
  ],
}
