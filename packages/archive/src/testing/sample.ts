import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto"
import type { NoteSigner } from "@govah/core/log"
import type { Json } from "@govah/core/bytes"
import {
  type ActionPublication,
  type EventPublication,
  type Publication,
  parsePublication,
  type StoryPublication,
} from "@govah/core/publication"
import type { ArchiveInput } from "../build.ts"

/** The private half of a throw-away key, PEM. */
export const signerPem: string = generateKeyPairSync("ed25519")
  .privateKey.export({ format: "pem", type: "pkcs8" })
  .toString()

/** A signer of its own for every test run; another process may be handed the same by its PEM. */
export function signerOf(pem: string): NoteSigner {
  const privateKey = createPrivateKey(pem)
  const { x } = createPublicKey(privateKey).export({ format: "jwk" })
  return {
    name: "archive.example/log",
    publicKey: new Uint8Array(Buffer.from(x as string, "base64url")),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}
export const signer: NoteSigner = signerOf(signerPem)

/** The start of a JPEG and some filling: enough for the archive, which never decodes what the desk has re-encoded. */
export function pictureBytes(filling: string): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(filling)]))
}

function parsed<P extends Publication>(value: Json): P {
  return parsePublication(value) as P
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

const wall = pictureBytes("a drawn wall")
const road = pictureBytes("a drawn road")
const place = {
  name: { fa: "آبادی", en: "Abadi" },
  province: { fa: "استان", en: "Province" },
  precision: "county",
} as const
const claim = {
  id: "C1",
  measure: "killed",
  low: 3,
  high: 3,
  bound: "exactly",
  group: "protester",
  series: "border",
  scope: { fa: "مرز", en: "the border" },
  said: { fa: "سه کشته", en: "three dead" },
  claimant: { name: { fa: "فرماندار", en: "the governor" }, kind: "official" },
  carriedBy: { fa: "روزنامه", en: "a newspaper" },
  url: "https://news.example/1",
  asOf: "2021-02-23",
  grade: { reliability: "C", credibility: 3 },
  reportingUnits: 1,
} as const

/** An event, its revision 2, an action and a story: invented. */
export const event: EventPublication = parsed({
  v: 1,
  type: "event",
  id: "E1",
  revision: 1,
  title: { fa: "تیراندازی", en: "Shooting" },
  period: { from: "2021-02-22", to: null, about: true },
  place,
  claims: [
    claim,
    {
      ...claim,
      id: "C2",
      low: 10,
      high: null,
      bound: "at-least",
      claimant: { name: { fa: "نهاد", en: "A group" }, kind: "ngo" },
    },
    { ...claim, id: "C3", low: 40, high: 40, grade: { reliability: "F", credibility: 6 } },
  ],
  note: { fa: "یادداشت", en: "A note" },
  pictures: [
    {
      sha256: sha256(road),
      mediaType: "image/jpeg",
      width: 640,
      height: 480,
      caption: { fa: "راه", en: "A road" },
      source: "still",
    },
  ],
})
export const action: ActionPublication = parsed({
  v: 1,
  type: "action",
  id: "A1",
  revision: 1,
  kind: "poster",
  period: { from: "2021-03-02", to: null, about: false },
  place: { ...place, name: { fa: "شهر", en: "Town" }, precision: "town" },
  words: { fa: "تنها نیستید", en: "You are not alone" },
  campaign: null,
  pictures: [
    {
      sha256: sha256(wall),
      mediaType: "image/jpeg",
      width: 640,
      height: 480,
      caption: { fa: "دیوار", en: "A wall" },
      source: "photo",
    },
  ],
})
export const story: StoryPublication = parsed({
  v: 1,
  type: "story",
  id: "T1",
  revision: 1,
  title: { fa: "گزارش", en: "Report" },
  period: { from: "2021-02-22", to: "2021-03-02", about: false },
  paragraphs: [{ text: { fa: "متن", en: "Text" }, cites: ["C1", "E1", "A1"] }],
})

/** A small archive's input. @param publications - the event, the action and the story where left out. */
export function sampleInput(
  previous: string | null = null,
  publications: readonly Publication[] = [event, action, story],
): ArchiveInput {
  return {
    publications,
    pictures: new Map([wall, road].map((bytes) => [sha256(bytes), bytes])),
    archiveName: { fa: "بایگانی", en: "Archive" },
    origin: signer.name,
    signer,
    random: (byteLength) => new Uint8Array(globalThis.crypto.getRandomValues(new Uint8Array(byteLength))),
    madeAt: 1_614_800_000,
    cardWords: ["river", "bread"],
    previous,
  }
}
