import { report as good } from "./root.ts"
import { SOURCE, type Vectors } from "./seeded.ts"

const claim = good.claims[0]
const source = {
  name: "Haalvsh",
  kind: "ngo",
  carriedBy: null,
  url: "https://example.org/a",
  saidOn: "2021-02-22",
}
const accept = (name: string, over: object) => ({ name, expect: "accept", report: { ...good, ...over } })
const reject = (name: string, over: object) => ({
  name,
  expect: "reject:malformed",
  report: { ...good, ...over },
})
const withClaim = (over: object) => ({ claims: [{ ...claim, ...over }] })
const town = { name: "Saravan", province: null, precision: "town" }
const { basis: _, ...withoutBasis } = good

export const report: Vectors = {
  source: SOURCE,
  spec: "spec/root.md#report",
  note: "textLength: the text is that many x. claimCount: the claim is there that many times.",
  cases: [
    accept("an observation with a claim", {}),
    accept("nothing known but the words", { place: null, period: null, claims: [] }),
    accept("an action in a campaign", { type: "action", action: { kind: "poster", campaign: "spring" } }),
    accept("a claim of another, with where and when it was said", withClaim({ source })),
    accept(
      "a month is enough for when it was said",
      withClaim({ source: { ...source, saidOn: "2021-02", url: null } }),
    ),
    accept("a town that was chosen from a gazetteer", { place: { ...town, id: "gn:1159301" } }),
    accept("a measured point, to a thousandth of a degree", {
      place: { ...town, precision: "point", point: { lat: 27_371, lon: 62_334 } },
    }),
    accept("a measured point on the grid of towns", { place: { ...town, point: { lat: -27_350, lon: 0 } } }),
    accept("a measured point on the grid of counties", {
      place: { ...town, precision: "county", point: { lat: 27_250, lon: -62_250 } },
    }),
    { ...accept("the longest text", {}), textLength: 100_000 },
    accept("no words at all", { text: "" }),
    { ...accept("200 claims", {}), claimCount: 200 },
    accept(
      "a shutdown has no number",
      withClaim({ measure: "shutdown", low: null, high: null, bound: "none", group: "none" }),
    ),
    { name: "a field left out", expect: "reject:malformed", report: withoutBasis },
    { name: "a list", expect: "reject:malformed", report: [] },
    reject("an unknown field", { urgent: true }),
    reject("an unknown type", { type: "rumour" }),
    reject("a language by name", { language: "Persian" }),
    { ...reject("a text that is too long", {}), textLength: 100_001 },
    reject("a place without a name", { place: { name: "", province: null, precision: "town" } }),
    reject("a name of 301 units", { place: { name: "x".repeat(301), province: null, precision: "town" } }),
    reject("a place as a point on a map", {
      place: { name: "x", province: null, precision: "point", lat: 27, lon: 62 },
    }),
    reject("a point beside the grid of towns", { place: { ...town, point: { lat: 27_371, lon: 62_350 } } }),
    reject("a point beside the grid of counties", {
      place: { ...town, precision: "county", point: { lat: 27_250, lon: 62_300 } },
    }),
    reject("a point with a province", {
      place: { ...town, precision: "province", point: { lat: 27_000, lon: 62_000 } },
    }),
    reject("a point with a country", {
      place: { ...town, precision: "country", point: { lat: 0, lon: 0 } },
    }),
    reject("a point with a part of a thousandth", {
      place: { ...town, precision: "point", point: { lat: 27.371, lon: 62_334 } },
    }),
    reject("a point beyond the pole", {
      place: { ...town, precision: "point", point: { lat: 90_001, lon: 0 } },
    }),
    reject("half a point", { place: { ...town, precision: "point", point: { lat: 27_371 } } }),
    reject("a point of nothing", { place: { ...town, point: null } }),
    reject("a gazetteer's id with a space", { place: { ...town, id: "gn 1" } }),
    reject("a gazetteer's id of 41 letters", { place: { ...town, id: "x".repeat(41) } }),
    reject("an unknown precision", { place: { name: "x", province: null, precision: "exact" } }),
    reject("a period that ends before it begins", {
      period: { from: "2021-02-23", to: "2021-02-22", about: false },
    }),
    reject("a day with a time", { period: { from: "2021-02-22T10:00", to: null, about: false } }),
    reject("a month 13", { period: { from: "2021-13-01", to: null, about: false } }),
    reject("an unknown basis", { basis: "heard" }),
    { ...reject("201 claims", {}), claimCount: 201 },
    reject("low above high", withClaim({ low: 11, high: 10 })),
    reject("a negative count", withClaim({ low: -1 })),
    reject("a count beyond ten million", withClaim({ low: 10_000_001 })),
    reject("a count as text", withClaim({ low: "10" })),
    reject("an unknown measure", withClaim({ measure: "wounded" })),
    reject("a link that is no web address", withClaim({ source: { ...source, url: "javascript:alert(1)" } })),
    reject("a link with a file scheme", withClaim({ source: { ...source, url: "file:///etc/passwd" } })),
    reject("a year alone for when it was said", withClaim({ source: { ...source, saidOn: "2021" } })),
    reject("an action that is not on the list", {
      type: "action",
      action: { kind: "arson", campaign: null },
    }),
    reject("consent as yes", { consent: { publish: true, notBefore: null } }),
  ],
}
