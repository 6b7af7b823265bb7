import { expect, test } from "vitest"
import { type Calendar, dayInCalendar, isoDay, monthNames } from "./calendar.ts"

test("every day from 1300 to 1410 goes to the Persian calendar and back", () => {
  const calendars: Calendar[] = ["persian", "gregory"]
  for (let ms = Date.UTC(1921, 2, 20); ms < Date.UTC(2032, 2, 25); ms += 86_400_000 * 3) {
    const iso = new Date(ms).toISOString().slice(0, 10)
    for (const calendar of calendars) expect(isoDay(dayInCalendar(iso, calendar), calendar)).toBe(iso)
  }
})

test("known days fit, and days that do not exist are none", () => {
  expect(isoDay({ year: 1399, month: 12, day: 4 }, "persian")).toBe("2021-02-22")
  expect(isoDay({ year: 1399, month: 12, day: 30 }, "persian")).toBe("2021-03-20")
  expect(isoDay({ year: 1400, month: 12, day: 30 }, "persian")).toBeNull()
  expect(isoDay({ year: 1400, month: 7, day: 31 }, "persian")).toBeNull()
  expect(isoDay({ year: 2021, month: 2, day: 29 }, "gregory")).toBeNull()
  expect(isoDay({ year: Number.NaN, month: 2, day: 2 }, "gregory")).toBeNull()
})

test("months have their names in both languages", () => {
  expect(monthNames("persian", "fa")[11]).toBe("اسفند")
  expect(monthNames("persian", "en")[0]).toBe("Farvardin")
  expect(monthNames("gregory", "fa")[1]).toBe("فوریه")
})
