import {
  elementSet,
  formatAnswer,
  formatRequest,
  parseAnswer,
  parseRequest,
  reconcile,
  respond,
  sortElements,
} from "../../packages/core/src/reconcile/index.ts"
import { hex, key, seeded, SOURCE, stream, type Vectors } from "./seeded.ts"

const p = seeded("reconcile")
const salt = key("reconcile salt").subarray(0, 16)
type Edit = { readonly [edit: string]: unknown }

/** So many elements of a set that is told by its name alone: SHA-256 of "govah vectors <label> <counter>". */
const members = (label: string, count: number): Uint8Array => sortElements(stream(label)(32 * count))
const pieces = (elements: Uint8Array): readonly string[] =>
  Array.from({ length: elements.length / 32 }, (_, i) => hex(elements.subarray(32 * i, 32 * i + 32)))

const few = members("few", 12)
const many = members("many", 600)
const most = many.subarray(32)
const none = new Uint8Array(0)

const sets = { none: [], few: pieces(few), many: pieces(many), "many but one": pieces(most) }
const named: Readonly<Record<keyof typeof sets, Uint8Array>> = { none, few, many, "many but one": most }
type SetName = keyof typeof sets

async function answered(name: string, here: SetName, there: SetName) {
  const asking = reconcile(elementSet(named[here]), salt, p)
  const rounds = []
  for (let request = await asking.next(); request !== null; request = await asking.next()) {
    const answer = await respond(elementSet(named[there]), request, p)
    const { onlyHere, onlyThere } = await asking.take(answer)
    rounds.push({ request: hex(request), answer: hex(answer), onlyHere: pieces(onlyHere), onlyThere: pieces(onlyThere) })
  }
  return { name, expect: "accept", here, there, rounds }
}

const asking = reconcile(elementSet(many), salt, p)
const request = (await asking.next()) as Uint8Array
const answer = await respond(elementSet(few), request, p)
const flip = (at: number, by: string): readonly Edit[] => [{ xor: { at, with: by } }]
const refusedRequest = (name: string, code: string, bytes: Uint8Array, edits: readonly Edit[] = []) => ({
  name,
  expect: `reject:${code}`,
  there: "many",
  request: hex(bytes),
  edits,
})
const refusedAnswer = (name: string, code: string, bytes: Uint8Array, edits: readonly Edit[] = []) => ({
  name,
  expect: `reject:${code}`,
  here: "many",
  answer: hex(bytes),
  edits,
})

const split = (prefix: string) => ({ kind: "split", prefix, fingerprints: new Uint8Array(256) }) as const
const ask = (prefix: string) => ({ kind: "ask", prefix }) as const
const list = (prefix: string, elements: Uint8Array) => ({ kind: "list", prefix, elements }) as const
const asks = (...items: Parameters<typeof formatRequest>[0]["items"]) => formatRequest({ salt, items })
const says = (count: number, ...items: Parameters<typeof formatAnswer>[0]["items"]) =>
  formatAnswer({ salt, answered: count, items })
const two = members("two", 2)
const swapped = Buffer.concat([two.subarray(32), two.subarray(0, 32)])
const end = (bytes: Uint8Array, more: string): readonly Edit[] => [{ append: more }, { cut: { to: bytes.length + more.length / 2 } }]

// A wrong maker would write wrong vectors.
parseRequest(request)
parseAnswer(answer)

export const reconcileVectors: Vectors = {
  source: SOURCE,
  spec: "spec/sync.md",
  note: "sets: elements by name of the set. Accepted: the whole reconciliation of here with there under the file's salt, round by round. Refused: a request (edited) to whoever holds there; or an answer (edited) to the first request of here.",
  salt: hex(salt),
  sets,
  cases: [
    await answered("a few, and nothing there", "few", "none"),
    await answered("nothing here, and a few there", "none", "few"),
    await answered("one more here", "many", "many but one"),
    await answered("one more there", "many but one", "many"),
    await answered("nothing in common", "few", "many"),
    await answered("the same", "many", "many"),
    refusedRequest("no bytes", "malformed", none),
    refusedRequest("a salt that is cut", "malformed", request, [{ cut: { to: 16 } }]),
    refusedRequest("no ranges", "malformed", request, [{ cut: { to: 17 } }]),
    refusedRequest("version 0", "malformed", request, flip(0, "01")),
    refusedRequest("version 2", "unknown-version", request, flip(0, "03")),
    refusedRequest("a range that is cut", "malformed", request, [{ cut: { to: request.length - 1 } }]),
    refusedRequest("a kind that is not known", "malformed", request, flip(17, "08")),
    refusedRequest("a list in a request", "malformed", Buffer.concat([asks(), says(1, list("", none)).subarray(19)])),
    refusedRequest("a prefix of 65 digits", "malformed", asks(ask("0".repeat(64))), [
      ...flip(18, "01"),
      { append: "00" },
    ]),
    refusedRequest("a division at 64 digits", "malformed", asks(split("0".repeat(64)))),
    refusedRequest("a prefix with a digit too many", "malformed", asks(ask("a")), flip(19, "01")),
    refusedRequest("the same range twice", "out-of-order", asks(ask("a"), ask("a"))),
    refusedRequest("ranges in falling order", "out-of-order", asks(ask("b"), ask("a"))),
    refusedRequest("a range within another", "out-of-order", asks(ask("a"), ask("a0"))),
    refusedRequest("everything, and a part", "out-of-order", asks(ask(""), ask("a"))),
    refusedRequest("too many ranges", "too-long", asks(...Array.from({ length: 1_025 }, (_, i) => ask(i.toString(16).padStart(3, "0"))))),
    refusedRequest("a byte behind the last range", "malformed", request, end(request, "01")),
    refusedAnswer("an answer without a count", "malformed", says(1), [{ cut: { to: 18 } }]),
    refusedAnswer("an answer to nothing", "malformed", says(0)),
    refusedAnswer("an answer that asks", "malformed", Buffer.concat([says(1), asks(ask("0")).subarray(17)])),
    refusedAnswer("another salt", "unasked", answer, flip(1, "01")),
    refusedAnswer("an answer to more than was asked", "unasked", says(17)),
    refusedAnswer("a range that was not asked about", "unasked", says(1, list("10", none))),
    refusedAnswer("a range that is as large as the question", "unasked", says(1, split("0"))),
    refusedAnswer("a range that is smaller than a part", "unasked", says(1, split("000"))),
    refusedAnswer("parts in falling order", "out-of-order", says(1, split("01"), split("00"))),
    refusedAnswer("a part within another", "out-of-order", says(1, split("01"), list("010", none))),
    refusedAnswer("elements in falling order", "out-of-order", says(1, list("", swapped))),
    refusedAnswer("an element twice", "out-of-order", says(1, list("", Buffer.concat([few.subarray(0, 32), few.subarray(0, 32)])))),
    refusedAnswer("an element of another range", "malformed", says(1, list("0", Buffer.from(`1${"0".repeat(63)}`, "hex")))),
    refusedAnswer("25 elements", "too-long", says(1, list("", members("25", 25)))),
    refusedAnswer("an element that is cut", "malformed", says(1, list("", two)), [{ cut: { to: 80 } }]),
  ],
}
