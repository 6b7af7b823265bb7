import { expect, test } from "vitest"
import { unitStandings } from "./standing.ts"

const day = "2026-03-01"
const invited = [{ kind: "invited", secret: "s", lastDay: "2026-03-14", label: "" }] as const
const came = (unit: string | null, invitation: string | null, signature: "good" | "bad" = "good") => ({
  unit,
  invitation,
  signature,
  day,
})
const standing = (...arrivals: readonly ReturnType<typeof came>[]): unknown =>
  ["forward", "backward"].map(
    (order) =>
      Object.fromEntries(unitStandings(invited, order === "forward" ? arrivals : arrivals.toReversed(), []))
        .k,
  )

test.each([
  ["anonymous", "never showed an invitation", [came("k", null), came("k", null)]],
  ["unknown", "showed one that is not ours", [came("k", "x")]],
  ["unknown", "showed one that is not ours, and at other times none", [came("k", null), came("k", "x")]],
  ["known", "showed ours, and at other times none", [came("k", null), came("k", "s")]],
  ["unknown", "is only named under a bad signature", [came("k", null, "bad")]],
  [
    "anonymous",
    "is also named under a bad signature, with our invitation",
    [came("k", null), came("k", "s", "bad")],
  ],
  [
    "contested",
    "shares an invitation, and at other times showed none",
    [came("k", null), came("k", "s"), came("j", "s")],
  ],
])("%s: a key that %s", (expected, _, arrivals) => {
  expect(standing(...arrivals)).toEqual([expected, expected])
})

test("an anonymous witness becomes known where a member compared words with them", () => {
  const confirmed = [{ kind: "confirmed-unit", unit: "k" }] as const
  expect(unitStandings([], [came("k", null)], confirmed).get("k")).toBe("known")
})
