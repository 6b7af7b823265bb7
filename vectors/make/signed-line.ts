import { signLine } from "../../packages/core/src/signed/index.ts"
import { base64url, deskKey, deskSeed, hex, key, seeded, SOURCE, unitKey, type Vectors } from "./seeded.ts"

const p = seeded("signed-line")
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
const sign = async (document: string): Promise<string> => {
  const signed = await p.sign(deskSeed, Buffer.from(`govah-feed-v1\n${document}`))
  return `${document}\n${base64url(signed)}\n`
}
const line = text(await signLine("govah-feed-v1", { text: "گواه", v: 1 }, deskSeed, p))
const [document, signature] = line.split("\n") as [string, string]
const last = signature.at(-1) as string
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

const common = { context: "govah-feed-v1", key: deskKey }
const accept = (name: string, received: string, rest = "") => ({
  name,
  expect: "accept",
  ...common,
  text: received,
  rest,
})
const malformed = (name: string, received: string) => ({
  name,
  expect: "reject:malformed",
  ...common,
  text: received,
})
const bad = (name: string, received: string, over: object = {}) => ({
  name,
  expect: "reject:bad-signature",
  ...common,
  ...over,
  text: received,
})

export const signedLine: Vectors = {
  source: SOURCE,
  spec: "spec/signed-line.md",
  seed: hex(deskSeed),
  cases: [
    accept("a signed document", line),
    accept("an empty document", await sign("{}")),
    accept("what follows the second line feed is the caller's to judge", `${line}  `, "  "),
    bad("another context", line, { context: "govah-card-v1" }),
    bad("another key", line, { key: unitKey }),
    bad("a key of 31 bytes", line, { key: base64url(key("desk").subarray(1)) }),
    bad("one letter of the document", line.replace('"v":1', '"v":2')),
    bad(
      "one bit of the signature",
      `${document}\n${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}\n`,
    ),
    bad("a signature of zeros", `${document}\n${"A".repeat(86)}\n`),
    bad(
      "a signature over the document without its context",
      `${document}\n${base64url(await p.sign(deskSeed, Buffer.from(document)))}\n`,
    ),
    malformed("nothing", ""),
    malformed("no line feed", document),
    malformed("no second line feed", `${document}\n${signature}`),
    malformed("carriage returns", line.replaceAll("\n", "\r\n")),
    malformed("no signature", `${document}\n\n`),
    malformed("a signature with padding", `${document}\n${signature}==\n`),
    malformed("a signature in the other alphabet of base64", `${document}\n${"+".repeat(86)}\n`),
    malformed(
      "a second spelling of the signature",
      `${document}\n${signature.slice(0, -1)}${alphabet[alphabet.indexOf(last) + 1]}\n`,
    ),
    malformed(
      "a signature of 63 bytes",
      `${document}\n${base64url(Buffer.from(signature, "base64url").subarray(1))}\n`,
    ),
    malformed("a space after the signature", `${document}\n${signature} \n`),
    malformed("a document with a space", await sign('{"v": 1}')),
    malformed("a document with names out of order", await sign('{"v":1,"a":2}')),
    malformed("a document that is a list", await sign("[]")),
    malformed("a document that is a number", await sign("1")),
    malformed("a document that is null", await sign("null")),
    malformed("an empty line first", `\n${line}`),
  ],
}
