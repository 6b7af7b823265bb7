import { concatBytes, uint32Bytes, utf8Bytes } from "../../packages/core/src/bytes/index.ts"
import { base64, hex, SOURCE, stream, type Vectors } from "./seeded.ts"

// Written by hand and not with the field's own writer: it must not be able to agree with itself.

const MAGIC = "govah-box-1\n"
const file = (name: string, bytes: Uint8Array, length = bytes.length): Uint8Array =>
  concatBytes(Uint8Array.of(name.length), utf8Bytes(name), uint32Bytes(length), bytes)
const body = (files: readonly Uint8Array[], count = files.length): Uint8Array =>
  concatBytes(utf8Bytes(MAGIC), uint32Bytes(count), ...files)

const cells = stream("box cells")(48)
const lock = stream("box lock")(20)
const two = body([file("cells-0f", cells), file("lock", lock)])
/** @param contents - without its hash; the reader of the vector adds the one that fits. */
const fits = (name: string, contents: Uint8Array, files: Readonly<Record<string, Uint8Array>>) => ({
  name,
  expect: "accept",
  hashed: base64(contents),
  files: Object.fromEntries(Object.entries(files).map(([one, bytes]) => [one, hex(bytes)])),
})
const refused = (code: string, name: string, contents: Uint8Array) => ({
  name,
  expect: `reject:${code}`,
  hashed: base64(contents),
})
/** With a hash that is that of {@link two}, or whatever these edits leave of it. */
const edited = (code: string, name: string, edits: readonly object[]) => ({ name, expect: `reject:${code}`, edits })
const x = Uint8Array.of(1)

export const box: Vectors = {
  source: SOURCE,
  spec: "spec/box.md",
  note: "hashed (base64) is everything before the hash, and the SHA-256 of it follows. edits are made to the whole of the first case. files: what is in it, by name (hex).",
  cases: [
    fits("two files", two, { "cells-0f": cells, lock }),
    fits("nothing kept", body([]), {}),
    fits("a file without a byte", body([file("a", new Uint8Array())]), { a: new Uint8Array() }),
    fits("the longest name", body([file("z".repeat(120), x)]), { ["z".repeat(120)]: x }),
    fits("names in the order of their letters", body([file("-", x), file("0", x), file("a", x), file("a-", x), file("a0", x), file("aa", x)]), { "-": x, "0": x, a: x, "a-": x, a0: x, aa: x }),
    edited("not-a-box", "no bytes", [{ cut: { to: 0 } }]),
    edited("not-a-box", "cut in the first line", [{ cut: { to: 11 } }]),
    edited("not-a-box", "another first letter", [{ xor: { at: 0, with: "20" } }]),
    edited("unknown-version", "version 2", [{ xor: { at: 10, with: "03" } }]),
    edited("damaged", "the first line alone", [{ cut: { to: 12 } }]),
    edited("damaged", "one byte short", [{ cut: { to: two.length + 31 } }]),
    edited("damaged", "one byte more", [{ append: "00" }]),
    edited("damaged", "a bit of a file", [{ xor: { at: 40, with: "01" } }]),
    edited("damaged", "a bit of the hash", [{ xor: { at: two.length, with: "80" } }]),
    edited("damaged", "without its hash", [{ cut: { to: two.length } }]),
    refused("damaged", "one file fewer than is said", body([file("a", x)], 2)),
    refused("damaged", "one file more than is said", body([file("a", x), file("b", x)], 1)),
    refused("damaged", "a byte behind the last file", concatBytes(two, x)),
    refused("damaged", "a file that is longer than there is", body([file("a", x, 2)])),
    refused("damaged", "a file of 4 GiB", body([file("a", x, 0xffff_ffff)])),
    refused("damaged", "a length that is cut", body([file("a", new Uint8Array()).subarray(0, 4)])),
    refused("damaged", "a name without a letter", body([file("", x)])),
    refused("damaged", "a name of 121 letters", body([file("z".repeat(121), x)])),
    refused("damaged", "a capital", body([file("Lock", x)])),
    refused("damaged", "a name that leads elsewhere", body([file("../lock", x)])),
    refused("damaged", "a name with a space", body([file("a b", x)])),
    refused("damaged", "files in another order", body([file("b", x), file("a", x)])),
    refused("damaged", "one name twice", body([file("a", x), file("a", x)])),
    refused("too-long", "65,537 files", body([], 65_537)),
  ],
}

const head = { attribution: "GeoNames", covers: ["IR"], licence: "CC BY 4.0", title: "نام جاها" }
const country = ["c", "iso:IR", "", "ایران", "Iran", "", "", "", "83993"]
const province = ["p", "gn:1159456", "0", "سیستان و بلوچستان", "Sistan and Baluchestan", "بلوچستان|Balochistan", "", "", "2405"]
const town = ["t", "gn:1159301", "1", "زاهدان", "Zahedan", "دزداپ", "29496", "60863", "552"]
const write = (places: readonly (readonly string[])[], over: object = head, first = "govah-gazetteer/1"): string =>
  [first, JSON.stringify(over), ...places.map((place) => place.join("\t")), ""].join("\n")
const good = write([country, province, town])
const reads = (name: string, text: string, places: number) => ({ name, expect: "accept", text, places })
const bad = (name: string, text: string, code = "malformed") => ({ name, expect: `reject:${code}`, text })
/** The town with one of its nine columns another. */
const but = (name: string, column: number, value: string) =>
  bad(name, write([country, province, town.map((one, i) => (i === column ? value : one))]))

export const gazetteer: Vectors = {
  source: SOURCE,
  spec: "spec/gazetteer.md",
  note: "text is a whole gazetteer. places: how many are in it; read and written again it is the same text.",
  cases: [
    reads("a country, a province and a town", good, 3),
    reads("one place with one name", write([["t", "x:1", "", "", "Sib", "", "", "", ""]]), 1),
    reads("a joiner, and degrees south and west", write([["t", "x:1", "", "نیک‌شهر", "", "", "-90000", "-180000", ""]]), 1),
    reads("covers nothing", write([country], { ...head, covers: [] }), 1),
    reads("24 other spellings", write([["t", "x:1", "", "", "Sib", Array.from({ length: 24 }, (_, i) => `s${i}`).join("|"), "", "", ""]]), 1),
    bad("nothing", "", "not-one"),
    bad("a later version", write([country], head, "govah-gazetteer/2"), "not-one"),
    bad("another ending of lines", good.replaceAll("\n", "\r\n"), "not-one"),
    bad("a first line with a mark before it", `\ufeff${good}`, "not-one"),
    bad("no head and no place", "govah-gazetteer/1\n"),
    bad("no place", write([])),
    bad("the last line cut", good.slice(0, -1)),
    bad("an empty line at the end", `${good}\n`),
    bad("a head that is no JSON", good.replace("{", "")),
    bad("a head without a licence", write([country], { attribution: "x", covers: [], title: "x" })),
    bad("a head with a field that is not listed", write([country], { ...head, note: "x" })),
    bad("a country by three letters", write([country], { ...head, covers: ["IRN"] })),
    bad("301 countries", write([country], { ...head, covers: Array.from({ length: 301 }, () => "IR") })),
    bad("a title that is cut off with a space", write([country], { ...head, title: "x " })),
    bad("eight columns", write([country.slice(0, 8)])),
    bad("ten columns", write([[...country, ""]])),
    bad("one id twice", write([country, country])),
    bad("a place before what it lies in", write([["t", "x:1", "1", "الف", "", "", "", "", ""], country])),
    but("of no kind", 0, "x"),
    but("an id with a space", 1, "gn 1"),
    but("an id of 41 letters", 1, "x".repeat(41)),
    but("in itself", 2, "2"),
    but("in a number with a zero before it", 2, "01"),
    bad("no name", write([country, province, ["t", "x:1", "1", "", "", "دزداپ", "", "", ""]])),
    but("a name of 121 letters", 3, "ا".repeat(121)),
    but("a name with a space before it", 4, " Zahedan"),
    but("an empty spelling", 5, "دزداپ||الف"),
    but("25 other spellings", 5, Array.from({ length: 25 }, (_, i) => `s${i}`).join("|")),
    but("latitude alone", 7, ""),
    but("beyond a pole", 6, "90001"),
    but("beyond the date line", 7, "-180001"),
    but("minus zero", 6, "-0"),
    but("a fraction of people", 8, "5.5"),
    but("people of seven digits", 8, "1000000"),
    but("a tag", 4, "<b>Zahedan"),
    but("a sign that turns the text", 4, "Zahedan\u202e"),
    but("half a letter", 4, "Zahedan\ud83d"),
    but("a private letter", 4, "Zahedan\ue000"),
    but("a control character", 4, "Zahedan\u0007"),
  ],
}
