import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toBase64Url } from "../bytes/index.ts"
import {
  type Card,
  formatInvitation,
  MAX_CARD_LENGTH,
  openCard,
  openInvitation,
  recipientOn,
  signCard,
} from "./index.ts"

const seed = p.random(32)
const recipients = await Promise.all(
  [1, 2].map(async () => await identityToRecipient(await generateHybridIdentity())),
)
const card: Card = {
  name: "گواهان",
  key: toBase64Url(await p.publicKey(seed)),
  successor: "0".repeat(64),
  relays: [{ url: "https://relay.example", road: "https" }],
  terms: recipients.map((recipient, i) => ({ from: `2026-0${i + 1}-01`, recipient })),
}
const text = await signCard(card, seed, p)
const other = await signCard({ ...card, name: "another" }, seed, p)
const day = "2026-03-14"
const secret = toBase64Url(p.random(16))
const invitation = formatInvitation(text, secret, day)

async function outcome(act: Promise<unknown>): Promise<unknown> {
  return await act.catch((error: { code: string }) => error.code)
}
const CODES = ["truncated", "malformed", "unknown-version", "bad-signature", "too-long"]

interface Change {
  readonly kind: "letter" | "cut" | "splice" | "repeat" | "insert" | "drop"
  readonly at: number
  readonly length: number
  readonly letter: string
}

/** A change to text: a letter, a cut, a splice, a repeat, a letter more. */
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom<Change["kind"][]>("letter", "cut", "splice", "repeat", "insert", "drop"),
  at: fc.nat(),
  length: fc.nat({ max: 2_000 }),
  letter: fc.constantFrom(..."ABCxyz0129-_.=+/ #".split("")),
})

function changed(original: string, donor: string, { kind, at: place, length, letter }: Change): string {
  const at = place % original.length
  if (kind === "letter") return original.slice(0, at) + letter + original.slice(at + 1)
  if (kind === "cut") return original.slice(0, at)
  if (kind === "splice")
    return original.slice(0, at) + donor.slice(at, at + length) + original.slice(at + length)
  if (kind === "repeat") return original.slice(0, at + length) + original.slice(at)
  if (kind === "insert") return original.slice(0, at) + letter + original.slice(at)
  return original.slice(0, at) + original.slice(at + length)
}

test("what is signed is read, and nothing near it is", async () => {
  expect(await openCard(text, p)).toEqual(card)
  expect(text).toMatch(/^[A-Za-z0-9_.-]+$/)
  await fc.assert(
    fc.asyncProperty(change, async (c) => {
      const received = changed(text, other, c)
      if (received === text || received === other) return
      expect(CODES).toContain(await outcome(openCard(received, p)))
    }),
    { numRuns: 1_000 },
  )
})

test("any text at all is refused with a code", async () => {
  const near = fc.stringMatching(/^govah-(card|invitation)-[12](\.[A-Za-z0-9_-]{0,60}){0,6}$/)
  await fc.assert(
    fc.asyncProperty(fc.oneof(near, fc.string({ unit: "binary" })), async (received) => {
      expect(CODES).toContain(await outcome(openCard(received, p)))
      expect(CODES).toContain(await outcome(openInvitation(received, day, p)))
    }),
    { numRuns: 200 },
  )
})

test("an invitation broken by lines and spaces is whole; changed otherwise, its card is the same or it is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: invitation.length }), { maxLength: 8 }), async (breaks) => {
      const broken = breaks.reduce((t, at) => `${t.slice(0, at)}\r\n  ${t.slice(at)}`, invitation)
      expect(await openInvitation(` https://desk.example/join#${broken}\n`, day, p)).toEqual({
        card,
        secret,
        lastDay: day,
      })
    }),
    { numRuns: 100 },
  )
  await fc.assert(
    fc.asyncProperty(change, async (c) => {
      const answer = await outcome(openInvitation(changed(invitation, "", c), "0000-00-00", p))
      // Secret and day are the bearer's word: a desk looks both up. The card must be the one that was signed.
      if (typeof answer === "string") expect(CODES).toContain(answer)
      else expect(answer).toMatchObject({ card })
    }),
    { numRuns: 500 },
  )
})

test("an invitation may be used on its last day, and not after", async () => {
  expect(await outcome(openInvitation(invitation, "2026-03-14", p))).toMatchObject({ lastDay: day })
  expect(await outcome(openInvitation(invitation, "2026-03-15", p))).toBe("expired")
})

test("what no reader would take is not signed", async () => {
  const relays = Array.from({ length: 8 }, (_, i) => ({
    url: `https://${i}.example/${"x".repeat(280)}`,
    road: "https" as const,
  }))
  const terms = [1, 2, 3, 4].map((month) => ({
    from: `2026-0${month}-01`,
    recipient: recipients[0] as string,
  }))
  expect(await outcome(signCard({ ...card, relays, terms }, seed, p))).toBe("too-long")
  const fits = await signCard({ ...card, relays: relays.slice(0, 6), terms }, seed, p)
  expect(fits.length).toBeLessThanOrEqual(MAX_CARD_LENGTH)
  expect(await openCard(fits, p)).toMatchObject({ terms })
  await expect(
    signCard({ ...card, terms: [{ from: day, recipient: "age1pq1x" }] }, seed, p),
  ).rejects.toThrow()
})

test("a report is sealed to the newest term that has begun, whatever the clock says", () => {
  expect(recipientOn(card, "2026-01-31")).toBe(recipients[0])
  expect(recipientOn(card, "2026-02-01")).toBe(recipients[1])
  expect(recipientOn(card, "2099-01-01")).toBe(recipients[1])
  expect(recipientOn(card, "1970-01-01")).toBe(recipients[0])
})
