import { keyWords, shortenInvitation } from "../../packages/core/src/card/index.ts"
import { invitation } from "./card.ts"
import { hex, key, seeded, SOURCE, type Vectors } from "./seeded.ts"

const p = seeded("compare")
const long = invitation.cases.find((c) => c.expect === "accept" && /^govah-\S+$/.test(c["text"] as string))?.[
  "text"
] as string
const card = long.split(".").slice(3).join(".")
const short = await shortenInvitation(long, p)
const [tag, hash, secret, day] = short.split(".") as [string, string, string, string]
const reject = (code: string, name: string, text: string, withCard = card) => ({
  name,
  expect: `reject:${code}`,
  text,
  card: withCard,
})

export const shortInvitation: Vectors = {
  source: SOURCE,
  spec: "spec/card.md",
  invitation: long,
  cases: [
    { name: "a short invitation and its card", expect: "accept", text: short, card },
    { name: "in a link, the card in lines", expect: "accept", text: `https://desk.example/#${short}`, card: `${card.slice(0, 64)}\n${card.slice(64)}\n` },
    reject("malformed", "empty", ""),
    reject("malformed", "a long invitation", long),
    reject("malformed", "a hash of 31 bytes", [tag, hash.slice(0, -2), secret, day].join(".")),
    reject("malformed", "a day that is none", [tag, hash, secret, "2026-3-010"].join(".")),
    reject("malformed", "a part too many", `${short}.x`),
    reject("truncated", "cut in the day", short.slice(0, -1)),
    reject("truncated", "cut in the hash", short.slice(0, 40)),
    reject("unknown-version", "a newer version", short.replace("short-1", "short-2")),
    reject("other-card", "another card", short, `${card}A`),
    reject("other-card", "no card", short, ""),
  ],
}

const words = (holder: "desk" | "unit", name: string) => {
  const made = keyWords(holder, key(name))
  return { name: `a ${holder}'s`, expect: "accept", said: made.words.join(" "), numbers: made.numbers, holder, key: hex(key(name)), words: made.words }
}
const numbers = ["0000", "0001", "1734", "2047", "0064", "0999"]

export const keyWordVectors: Vectors = {
  source: SOURCE,
  spec: "spec/card.md",
  cases: [
    words("desk", "words"),
    words("unit", "words"),
    { name: "Persian digits", expect: "accept", said: "۰۰۰۰ ۰۰۰۱ ۱۷۳۴ ۲۰۴۷ ۰۰۶۴ ۰۹۹۹", numbers },
    ...["", "abandon ability able", "0 1 2 3 4 5 6", "0 1 2 3 4 2048", "aba abi 0 1 2 3", "zzzz zoo zoo zoo zoo zoo"].map(
      (said) => ({ name: `"${said}"`, expect: "reject:malformed", said }),
    ),
  ],
}
