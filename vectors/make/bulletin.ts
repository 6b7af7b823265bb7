import { encodeBulletin, encodeCall } from "../../packages/core/src/bulletin/index.ts"
import { canonicalJson, type Json } from "../../packages/core/src/bytes/index.ts"
import { base64, SOURCE, stream, type Vectors } from "./seeded.ts"

type Fields = Readonly<Record<string, Json>>
const bulletin = {
  v: 1,
  day: "2026-03-01",
  language: "fa",
  title: "راه‌ها",
  words: "راه شمال بسته است.\nراه دیگر باز است.",
} as const
const call = {
  v: 1,
  campaign: "Lights",
  action: "vigil",
  language: "en",
  title: "A light in the window",
  words: "At eight in the evening.",
  from: "2026-03-01",
  to: "2026-03-03",
  places: ["Zahedan"],
  material: { type: "text/plain", bytes: 12 },
} as const
const material = Buffer.from("A small text")

/** A part as it must not be written: any document, any bytes behind it. */
const part = (document: Json, rest: Uint8Array = new Uint8Array(), length = 1_024): string => {
  const bytes = new Uint8Array(length)
  bytes.set(Buffer.concat([Buffer.from(`${canonicalJson(document)}\n`), rest]))
  return base64(bytes)
}
const reject = (kind: string, code: string, name: string, bytes: string) => ({
  name: `${kind}: ${name}`,
  expect: `reject:${code}`,
  kind,
  part: bytes,
})
const bad = (name: string, over: Fields) => reject("bulletin", "malformed", name, part({ ...bulletin, ...over }))
const badCall = (name: string, over: Fields) =>
  reject("call", "malformed", name, part({ ...call, ...over }, material))
const changed = (text: string, at: number): string => {
  const bytes = Buffer.from(text, "base64")
  bytes[at] = (bytes[at] as number) ^ 1
  return bytes.toString("base64")
}
const good = base64(encodeBulletin(bulletin))

export const bulletins: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#bulletins-and-calls",
  note: "part (base64) is read as what kind says; says is the document, material (hex) what follows it.",
  cases: [
    { name: "a bulletin", expect: "accept", kind: "bulletin", part: good, says: bulletin, material: "" },
    {
      name: "a bulletin of the next class",
      expect: "accept",
      kind: "bulletin",
      part: base64(encodeBulletin({ ...bulletin, words: "x".repeat(1_500) })),
      says: { ...bulletin, words: "x".repeat(1_500) },
      material: "",
    },
    {
      name: "a call with a text",
      expect: "accept",
      kind: "call",
      part: base64(encodeCall({ call, material })),
      says: call,
      material: material.toString("hex"),
    },
    {
      name: "a call for everywhere, with nothing to print",
      expect: "accept",
      kind: "call",
      part: base64(encodeCall({ call: { ...call, places: [], to: null, material: null }, material: new Uint8Array() })),
      says: { ...call, places: [], to: null, material: null },
      material: "",
    },
    reject("bulletin", "malformed", "no bytes", ""),
    reject("bulletin", "malformed", "zeros", base64(new Uint8Array(1_024))),
    reject("bulletin", "malformed", "random bytes", base64(stream("no bulletin")(1_024))),
    reject("bulletin", "malformed", "a bit in the padding", changed(good, 1_023)),
    reject("bulletin", "malformed", "a class too long", part(bulletin, new Uint8Array(), 2_048)),
    reject("bulletin", "malformed", "a call", base64(encodeCall({ call, material }))),
    reject("bulletin", "too-long", "64 KiB", part(bulletin, new Uint8Array(), 65_536)),
    reject("bulletin", "unknown-version", "version 2", part({ ...bulletin, v: 2 })),
    bad("no title", { title: "" }),
    bad("a title of two lines", { title: "a\nb" }),
    bad("words that move a cursor", { words: "\u001b[2J" }),
    bad("a day of one digit", { day: "2026-3-1" }),
    bad("a field that is not listed", { note: "" }),
    reject("call", "malformed", "a bulletin", good),
    reject("call", "malformed", "a material that is not there", part(call, new Uint8Array(), 256)),
    reject("call", "malformed", "more material than it says", part(call, Buffer.concat([material, material]))),
    badCall("an action that is not on the list", { action: "arson" }),
    badCall("a material that can run", { material: { type: "image/svg+xml", bytes: 12 } }),
    badCall("a call that ends before it begins", { to: "2026-02-28" }),
    badCall("33 places", { places: Array.from({ length: 33 }, () => "x") }),
    reject("call", "too-long", "128 KiB", part(call, material, 131_072)),
    reject("call", "unknown-version", "version 2", part({ ...call, v: 2 }, material)),
  ],
}
