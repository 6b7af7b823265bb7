import type { Json } from "../../packages/core/src/bytes/index.ts"
import { beginRoot } from "../../packages/core/src/seal/seal-root.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
import {
  base64,
  base64url,
  deskKey,
  hybridIdentity,
  hybridRecipient,
  key,
  otherIdentity,
  seeded,
  SOURCE,
  unitKey,
  unitSeed,
  type Vectors,
  x25519Identity,
  x25519Recipient,
} from "./seeded.ts"

const p = seeded("root")

export const report = {
  type: "observation",
  language: "fa",
  text: "تیراندازی نزدیک مرز",
  place: { name: "Saravan", province: "Sistan and Baluchestan", precision: "town" },
  period: { from: "2021-02-22", to: null, about: true },
  basis: "told",
  claims: [
    {
      measure: "killed",
      low: 10,
      high: null,
      bound: "at-least",
      group: "unknown",
      scope: null,
      source: null,
    },
  ],
  action: null,
  consent: { publish: "words", notBefore: null },
} as const satisfies Json

export const head = {
  v: 1,
  desk: deskKey,
  parcel: base64url(key("parcel").subarray(0, 16)),
  sender: { key: unitKey, invitation: base64url(key("invitation").subarray(0, 16)) },
  forget: base64url(key("forget")),
  arrived: base64url(key("arrived")),
  used: base64url(key("used")),
  reply: base64url(key("reply")),
} as const
const body = { attachments: [], padding: "", report }
const good = { ...head, body }

async function sealBytes(plaintext: Uint8Array, recipients = [x25519Recipient]): Promise<string> {
  const root = await beginRoot(recipients, key("forget"), { interopX25519: true }, p)
  return base64((await root.seal(plaintext)).cell)
}
const line = async (document: Json, seed = unitSeed): Promise<Buffer> =>
  Buffer.from(await signLine("govah-root-v1", document, seed, p))
const seal = async (document: Json): Promise<string> => await sealBytes(await line(document))
/** The same document under a signature for another context. */
const foreign = await signLine("govah-card-v1", good, unitSeed, p)
const secondSpelling = (text: string): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) as string) + 1]
}

const cells: Record<string, string> = {
  x25519: await seal(good),
  hybrid: await sealBytes(await line(good), [hybridRecipient]),
  second: await seal({ ...good, parcel: base64url(key("second").subarray(0, 16)) }),
  "signed by another key": await sealBytes(await line(good, key("stranger"))),
  "signed for another format": await sealBytes(foreign),
  "no signature": await sealBytes(Buffer.from("{}\n")),
  "a tab among the spaces": await sealBytes(Buffer.concat([await line(good), Buffer.from(" \t")])),
  "version 2": await seal({ ...good, v: 2 }),
  "version 0": await seal({ ...good, v: 0 }),
  "an unknown field": await seal({ ...good, note: "" }),
  "body and annex": await seal({
    ...good,
    annex: { bytes: 0, sha256: "0".repeat(64), key: head.used, cells: "" },
  }),
  "neither body nor annex": await seal(head),
  "a key in a second spelling": await seal({ ...good, forget: secondSpelling(head.forget) }),
  "a report without text": await seal({ ...head, body: { ...body, report: { ...report, text: null } } }),
  "another desk": await seal({ ...good, desk: unitKey }),
}

const identities = [x25519Identity]
const common = { desk: deskKey, identities }
const accept = (name: string, cell: string, signature: string, over: object = {}) => ({
  name,
  expect: "accept",
  cell,
  ...common,
  ...over,
  signature,
})
const reject = (
  code: string,
  name: string,
  cell: string,
  edits: readonly object[] = [],
  over: object = {},
) => ({
  name,
  expect: `reject:${code}`,
  cell,
  edits,
  ...common,
  ...over,
})
const at = (text: string, of: string): number => {
  const found = Buffer.from(cells[of] as string, "base64").indexOf(text)
  if (found < 0) throw new Error(`no ${text}`)
  return found
}

export const root: Vectors = {
  source: SOURCE,
  spec: "spec/root.md",
  note: "Edits as in payload.json, and splice {from: another cell, at, length}: bytes of another cell in the same place. signature says whether the sender's signature is valid; a bad one is shown, not refused. reject:not-for-us: the cell is left alone.",
  document: good,
  cells,
  cases: [
    accept("sealed to X25519", "x25519", "valid"),
    accept("sealed to the hybrid", "hybrid", "valid", { identities: [hybridIdentity] }),
    accept("several identities are tried", "hybrid", "valid", {
      identities: [otherIdentity, x25519Identity, hybridIdentity],
    }),
    accept("signed by a key that it does not name", "signed by another key", "invalid"),
    accept("signed for another format", "signed for another format", "invalid"),
    reject("not-for-us", "the wrong identity", "x25519", [], { identities: [otherIdentity] }),
    reject("not-for-us", "the right kind of identity for another cell", "hybrid"),
    reject("not-for-us", "no identity", "x25519", [], { identities: [] }),
    reject("not-for-us", "a bit of the version line", "x25519", [{ xor: { at: 20, with: "01" } }]),
    reject("not-for-us", "the forget stanza is called otherwise", "x25519", [
      { xor: { at: 26, with: "01" } },
    ]),
    reject("not-for-us", "a bit of the wrapped key", "x25519", [
      { xor: { at: at("-> X25519 ", "x25519") + 60, with: "01" } },
    ]),
    reject("not-for-us", "an empty cell", "x25519", [{ cut: { to: 0 } }]),
    reject("not-for-us", "cut in the header", "x25519", [{ cut: { to: 120 } }]),
    reject("tampered", "another commitment in the forget stanza", "x25519", [
      { xor: { at: 40, with: "01" } },
    ]),
    reject("tampered", "the header's own MAC", "x25519", [
      { xor: { at: at("--- ", "x25519") + 6, with: "01" } },
    ]),
    reject("tampered", "a bit of the payload's nonce", "x25519", [
      { xor: { at: at("--- ", "x25519") + 48, with: "01" } },
    ]),
    reject("tampered", "a bit of the text", "x25519", [{ xor: { at: 900, with: "01" } }]),
    reject("tampered", "the last bit", "x25519", [{ xor: { at: 16_383, with: "01" } }]),
    reject("tampered", "the end of another root for the same desk", "x25519", [
      { splice: { from: "second", at: 8_192, length: 8_192 } },
    ]),
    reject("tampered", "the whole payload of another root for the same desk", "x25519", [
      {
        splice: { from: "second", at: at("--- ", "x25519") + 48, length: 16_384 - at("--- ", "x25519") - 48 },
      },
    ]),
    reject("truncated", "one byte short", "x25519", [{ cut: { to: 16_383 } }]),
    reject("truncated", "cut after the header", "x25519", [{ cut: { to: at("--- ", "x25519") + 48 } }]),
    reject("too-long", "one byte long", "x25519", [{ append: "20" }]),
    reject("malformed", "no signature line", "no signature"),
    reject("malformed", "a tab among the spaces", "a tab among the spaces"),
    reject("malformed", "version 0", "version 0"),
    reject("malformed", "an unknown field", "an unknown field"),
    reject("malformed", "body and annex", "body and annex"),
    reject("malformed", "neither body nor annex", "neither body nor annex"),
    reject("malformed", "a key in a second spelling", "a key in a second spelling"),
    reject("malformed", "a report without text", "a report without text"),
    reject("unknown-version", "version 2", "version 2"),
    reject("wrong-desk", "sealed for another desk with a shared key", "another desk"),
  ],
}
