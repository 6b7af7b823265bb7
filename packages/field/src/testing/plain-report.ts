import type { Report } from "@govah/core/report"

/** A report of a word, where what it says does not matter. */
export const PLAIN_REPORT: Report = {
  type: "observation",
  language: "en",
  text: "words",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "nothing", notBefore: null },
}
