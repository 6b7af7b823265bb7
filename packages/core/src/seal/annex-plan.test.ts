import fc from "fast-check"
import { expect, test } from "vitest"
import { padme } from "../cell/index.ts"
import { planAnnex } from "./annex-plan.ts"

test("every plan ends on a Padmé class, and the list of its own padding still fits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_200_000 }),
      fc.integer({ min: 300, max: 2_000_000 }),
      (fixedCells, bodyBytes) => {
        const plan = planAnnex({
          fixedCells,
          bodyBytes,
          inlineRoom: 14_000,
          annexRoom: 14_000,
          descriptorBytes: 180,
        })
        expect(padme(plan.total)).toBe(plan.total)
        expect(plan.padding).toBeGreaterThanOrEqual(0)
        if (plan.annexBytes > 0) expect(plan.annexBytes).toBeGreaterThanOrEqual(bodyBytes + plan.padding * 42)
        // Padmé promises at most 12 % over what must be sent; the annexes are part of what must be sent.
        expect(plan.total).toBeLessThanOrEqual(
          (fixedCells + bodyBytes / 16_000 + fixedCells / 300 + 8) * 1.13,
        )
      },
    ),
    { numRuns: 3_000 },
  )
})
