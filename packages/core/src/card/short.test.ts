import { readFileSync } from "node:fs"
import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { isShortInvitation, joinShortInvitation, parseShortInvitation, shortenInvitation } from "./index.ts"

const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/invitation.json", import.meta.url), "utf8"),
) as { cases: { expect: string; text: string }[] }
const invitation = vectors.cases.find(({ expect }) => expect === "accept")?.text as string
const card = invitation.split(".").slice(3).join(".")
const short = await shortenInvitation(invitation, p)

async function outcome(text: string, withCard: string = card): Promise<string> {
  return await joinShortInvitation(text, withCard, p).catch((error: { code: string }) => error.code)
}

test("90 characters and a card from anywhere make the invitation again", async () => {
  expect(short.length).toBeLessThan(95)
  expect(isShortInvitation(` ${short}\n`)).toBe(true)
  expect(await outcome(short)).toBe(invitation)
  expect(
    await outcome(`https://desk.example/#${short}`, `${card.slice(0, 70)}\r\n ${card.slice(70)}\n`),
  ).toBe(invitation)
})

test("any other card is refused, also one that is well signed", async () => {
  expect(await outcome(short, `${card}A`)).toBe("other-card")
  expect(
    await outcome(
      short,
      card.replace(/.$/, (c) => (c === "A" ? "Q" : "A")),
    ),
  ).toBe("other-card")
  expect(await outcome(short, "")).toBe("other-card")
})

test("any change to the short text is refused with a code, or names another card, secret or day", async () => {
  const CODES = ["truncated", "malformed", "unknown-version", "other-card"]
  await fc.assert(
    fc.asyncProperty(
      fc.nat(short.length - 1),
      fc.constantFrom(..."Aa0-_.=# ".split("")),
      async (at, letter) => {
        const changed = await outcome(short.slice(0, at) + letter + short.slice(at + 1))
        if (!changed.startsWith("govah-invitation-1.")) expect(CODES).toContain(changed)
        expect(CODES).toContain(await outcome(short.slice(0, at)))
      },
    ),
    { numRuns: 300 },
  )
  expect(await outcome(short.replace("short-1", "short-2"))).toBe("unknown-version")
  for (const text of ["", "govah", "govah-short-1", "govah-invitation-1.a.b.c"])
    expect(CODES).toContain(await outcome(text))
  expect(() => parseShortInvitation(`${short}.more`)).toThrowError(
    expect.objectContaining({ code: "malformed" }),
  )
})
