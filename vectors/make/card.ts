import { formatInvitation, signCard } from "../../packages/core/src/card/index.ts"
import {
  base64url,
  deskKey,
  deskSeed,
  hybridRecipient,
  key,
  seeded,
  sha256,
  SOURCE,
  unitKey,
  type Vectors,
} from "./seeded.ts"

const p = seeded("card")
const details = {
  name: "گواهان بلوچستان",
  key: deskKey,
  successor: sha256(key("successor")),
  relays: [
    { url: "https://relay.example/", road: "https" as const },
    { url: "http://[::1]:4000", road: "lan" as const },
  ],
  terms: [{ from: "2026-01-01", recipient: hybridRecipient }],
}
const good = await signCard(details, deskSeed, p)
const two = await signCard(
  { ...details, relays: [], terms: [...details.terms, { from: "2026-01-31", recipient: hybridRecipient }] },
  deskSeed,
  p,
)
const operated = {
  ...details,
  relays: [
    { url: "https://relay.example/", road: "https" as const, operator: 1 },
    { url: "https://relay.invalid/", road: "https" as const, operator: 8 },
    { url: "http://[::1]:4000", road: "lan" as const },
  ],
}
const numbered = await signCard(operated, deskSeed, p)
const [tag, headText, recipient, signature] = good.split(".") as [string, string, string, string]

/** A card whose head is any text, well signed. */
async function signed(
  head: string,
  recipients: readonly string[] = [recipient],
  cardTag = tag,
  seed = deskSeed,
): Promise<string> {
  const text = [cardTag, base64url(Buffer.from(head)), ...recipients].join(".")
  return `${text}.${base64url(await p.sign(seed, Buffer.from(`govah-card-v1\n${text}`)))}`
}
const head = JSON.parse(Buffer.from(headText, "base64url").toString()) as Record<string, unknown>
const sorted = (value: Record<string, unknown>): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v && typeof v === "object" && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )
const withHead = async (over: Record<string, unknown>, recipients?: readonly string[]): Promise<string> =>
  await signed(sorted({ ...head, ...over }), recipients)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1)
const bump = (text: string): string =>
  text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) as string) ^ 1]
const reject = (code: string, name: string, text: string) => ({ name, expect: `reject:${code}`, text })
const headEnd = tag.length + 1 + headText.length

export const card: Vectors = {
  source: SOURCE,
  spec: "spec/card.md",
  cases: [
    { name: "a card with one term", expect: "accept", text: good, card: details },
    { name: "a card with two terms and no relay", expect: "accept", text: two },
    { name: "a card whose relays have operators", expect: "accept", text: numbered, card: operated },
    reject("malformed", "nothing", ""),
    reject("malformed", "something else", "https://relay.example/"),
    reject("malformed", "a space before", ` ${good}`),
    reject("malformed", "the tag in upper case", good.replace("govah-card-1", "GOVAH-CARD-1")),
    reject("unknown-version", "a newer card", await signed(sorted(head), [recipient], "govah-card-2")),
    reject("too-long", "10,001 characters", good + "A".repeat(10_001 - good.length)),
    reject("truncated", "the tag alone", tag),
    reject("truncated", "cut in the head", good.slice(0, headEnd - 10)),
    reject("truncated", "cut after the head", good.slice(0, headEnd)),
    reject("truncated", "no signature", `${tag}.${headText}.${recipient}`),
    reject("truncated", "a recipient too many", `${tag}.${headText}.${recipient}.${recipient}.${signature}`),
    reject(
      "malformed",
      "a head in a second spelling of base64",
      `${tag}.${headText}=.${recipient}.${signature}`,
    ),
    reject("malformed", "a head with a space", await signed(sorted(head).replace(":", ": "))),
    reject("malformed", "version 2 in the head", await withHead({ v: 2 })),
    reject("malformed", "an unknown field", await withHead({ motto: "" })),
    reject("malformed", "no name", await withHead({ name: "" })),
    reject("malformed", "a name of 81 letters", await withHead({ name: "n".repeat(81) })),
    reject(
      "malformed",
      "a relay that is not on the web",
      await withHead({ relays: [{ road: "https", url: "javascript:alert(1)" }] }),
    ),
    reject(
      "malformed",
      "an unknown road",
      await withHead({ relays: [{ road: "carrier-pigeon", url: "https://relay.example" }] }),
    ),
    ...(await Promise.all(
      [0, 9, 1.5, "1", null].map(async (operator) =>
        reject(
          "malformed",
          `${JSON.stringify(operator)} for an operator`,
          await withHead({ relays: [{ operator, road: "https", url: "https://relay.example" }] }),
        ),
      ),
    )),
    reject(
      "malformed",
      "nine relays",
      await withHead({
        relays: Array.from({ length: 9 }, () => head["relays"] && (head["relays"] as unknown[])[0]),
      }),
    ),
    reject("malformed", "no term", await withHead({ terms: [] })),
    reject(
      "malformed",
      "five terms",
      await withHead({ terms: [1, 2, 3, 4, 5].map((day) => `2026-01-0${day}`) }),
    ),
    reject("malformed", "a term that is no day", await withHead({ terms: ["2026-13-01"] })),
    reject(
      "malformed",
      "terms out of order",
      await withHead({ terms: ["2026-02-01", "2026-01-01"] }, [recipient, recipient]),
    ),
    reject(
      "malformed",
      "two terms of one day",
      await withHead({ terms: ["2026-01-01", "2026-01-01"] }, [recipient, recipient]),
    ),
    reject(
      "malformed",
      "a recipient of 1,215 bytes",
      await signed(sorted(head), [base64url(Buffer.from(recipient, "base64url").subarray(1))]),
    ),
    reject("malformed", "an X25519 recipient", await signed(sorted(head), [base64url(key("x25519 public"))])),
    reject("bad-signature", "a letter of the recipient", flip(good, headEnd + 500)),
    reject("bad-signature", "a letter of the signature", flip(good, good.length - 20)),
    reject("bad-signature", "a second spelling of the signature", bump(good)),
    reject("bad-signature", "cut in the signature", good.slice(0, -3)),
    reject(
      "bad-signature",
      "signed by another key",
      await signed(sorted(head), [recipient], tag, key("stranger")),
    ),
    reject(
      "bad-signature",
      "another key named after signing",
      `${tag}.${base64url(Buffer.from(sorted({ ...head, key: unitKey })))}.${recipient}.${signature}`,
    ),
    reject("bad-signature", "a key in a second spelling", await withHead({ key: bump(deskKey) })),
  ],
}

const secret = base64url(key("invitation").subarray(0, 16))
const invited = formatInvitation(good, secret, "2026-03-14")
const today = "2026-03-01"
const yes = (name: string, text: string, day = today) => ({
  name,
  expect: "accept",
  today: day,
  text,
  secret,
  lastDay: "2026-03-14",
})
const no = (code: string, name: string, text: string, day = today) => ({
  name,
  expect: `reject:${code}`,
  today: day,
  text,
})

export const invitation: Vectors = {
  source: SOURCE,
  spec: "spec/card.md#invitation",
  cases: [
    yes("an invitation", invited),
    yes("in a link", `https://desk.example/i#${invited}`),
    yes("broken over lines", (invited.match(/.{1,76}/g) as string[]).join("\r\n")),
    yes("on its last day", invited, "2026-03-14"),
    no("expired", "a day late", invited, "2026-03-15"),
    no("malformed", "nothing", ""),
    no("malformed", "a card without a secret", good),
    no("malformed", "a link without a fragment", "https://desk.example/i"),
    no("unknown-version", "a newer invitation", invited.replace("govah-invitation-1", "govah-invitation-2")),
    no("truncated", "the tag alone", "govah-invitation-1"),
    no("truncated", "cut in the secret", invited.slice(0, 30)),
    no("truncated", "cut in the day", invited.slice(0, 48)),
    no("truncated", "a secret of 15 bytes", invited.replace(secret, secret.slice(2))),
    no("truncated", "a day with letters", invited.replace("2026-03-14", "2026-03-xx")),
    no("malformed", "a secret in a second spelling", invited.replace(secret, bump(secret))),
    no("malformed", "no card", `govah-invitation-1.${secret}.2026-03-14.x`),
    no("truncated", "cut in the card", invited.slice(0, 400)),
    no("bad-signature", "a letter of the card", flip(invited, invited.length - 500)),
    no("too-long", "10,001 characters of card", invited + "A".repeat(10_001 - good.length)),
  ],
}
