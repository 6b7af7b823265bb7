import { randomBytes } from "node:crypto"
import { type Needle, windowsOf } from "./needle.ts"

/** Words that occur nowhere else, made for one run, and every form in which a disk might hold them. */
export interface Marks {
  /** Latin letters, which browsers keep a byte a letter. */
  latin(name: string): string
  /** Persian letters, which they keep two bytes a letter. */
  persian(name: string): string
  /** A word that somebody else made, of at least 8 letters. */
  given(name: string, word: string): void
  /** Bytes of a picture or a recording, looked for by windows of it. */
  media(name: string, bytes: Buffer): void
  needles(): readonly Needle[]
  names(): readonly string[]
}

const PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

export function makeMarks(): Marks {
  const words = new Map<string, string>()
  const media = new Map<string, Buffer>()
  const keep = (name: string, word: string): string => {
    const known = words.get(name)
    if (known !== undefined) return known
    words.set(name, word)
    return word
  }
  return {
    latin: (name) => keep(name, `zq${randomBytes(10).toString("hex")}`),
    persian: (name) => keep(name, Array.from(randomBytes(18), (byte) => PERSIAN[byte % 32]).join("")),
    given: (name, word) => void words.set(name, word),
    media: (name, bytes) => void media.set(name, bytes),
    needles: () => [
      ...[...words].flatMap(([name, word]) =>
        Object.entries(formsOf(word)).map(([form, bytes]): Needle => ({ mark: name, form, bytes })),
      ),
      ...[...media].flatMap(([name, bytes]) =>
        windowsOf(bytes).map((window): Needle => ({ mark: name, form: "bytes", bytes: window })),
      ),
    ],
    names: () => [...words.keys(), ...media.keys()],
  }
}

/** A word as it may lie on a disk. */
function formsOf(word: string): Record<string, Buffer> {
  const utf8 = Buffer.from(word)
  const little = Buffer.from(word, "utf16le")
  const forms: Record<string, Buffer> = {
    "UTF-8": utf8,
    "UTF-16LE": little,
    "UTF-16BE": Buffer.from(little).swap16(),
    reversed: Buffer.from(utf8).reverse(),
    hex: Buffer.from(utf8.toString("hex")),
    HEX: Buffer.from(utf8.toString("hex").toUpperCase()),
    "hex of UTF-16": Buffer.from(little.toString("hex")),
    percent: Buffer.from(encodeURIComponent(word)),
    JSON: Buffer.from(
      Array.from(word, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    ),
  }
  for (const [name, bytes] of [
    ["base64", utf8],
    ["base64 of UTF-16", little],
  ] as const) {
    for (const phase of [0, 1, 2]) {
      // The letters that the neighbours have no part in.
      const text = Buffer.concat([Buffer.alloc(phase), bytes]).toString("base64")
      const inner = text.slice(phase === 0 ? 0 : 4, Math.floor(((phase + bytes.length) * 4) / 3))
      forms[`${name}, phase ${phase}`] = Buffer.from(inner)
      forms[`${name} for addresses, phase ${phase}`] = Buffer.from(
        inner.replaceAll("+", "-").replaceAll("/", "_"),
      )
    }
  }
  // Where two forms are the same bytes, the first names them.
  const first = new Map<string, string>()
  for (const [form, bytes] of Object.entries(forms)) {
    const text = bytes.toString("latin1")
    if (first.has(text)) delete forms[form]
    else first.set(text, form)
  }
  return forms
}
