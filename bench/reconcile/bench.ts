import { randomFillSync } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import {
  ELEMENT_BYTES,
  elementCount,
  elementSet,
  reconcile,
  respond,
  SALT_BYTES,
  sortElements,
} from "@govah/core/reconcile"
import { nodePrimitives } from "@govah/node"
import { measureYardstick } from "../yardstick.ts"

// What it costs two relays to find out what differs: bytes of all requests and answers, round trips, and the time of both
// sides together on one core. See README.md.

interface Figures {
  readonly bytes: number
  readonly rounds: number
  readonly cpuMs: number
}

/** Most bytes for 1 M elements with 100 on either side that the other lacks. */
const MOST_BYTES = 400_000

const elements = (count: number): Uint8Array => randomFillSync(new Uint8Array(count * ELEMENT_BYTES))
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  sortElements(new Uint8Array(Buffer.concat(parts)))

async function compare(
  here: Uint8Array,
  there: Uint8Array,
  differ: readonly [number, number],
): Promise<Figures> {
  const [mine, theirs] = [elementSet(here), elementSet(there)]
  let [bytes, rounds, onlyHere, onlyThere] = [0, 0, 0, 0]
  const start = process.cpuUsage()
  const asking = reconcile(mine, nodePrimitives.random(SALT_BYTES), nodePrimitives)
  for (let request = await asking.next(); request !== null; request = await asking.next()) {
    const answer = await respond(theirs, request, nodePrimitives)
    const learned = await asking.take(answer)
    onlyHere += elementCount(learned.onlyHere)
    onlyThere += elementCount(learned.onlyThere)
    bytes += request.length + answer.length
    rounds++
  }
  const { user, system } = process.cpuUsage(start)
  if (onlyHere !== differ[0] || onlyThere !== differ[1]) throw new Error("the comparison is wrong")
  return { bytes, rounds, cpuMs: Math.round((user + system) / 1000) }
}

const million = elements(1_000_000)
const tenth = million.subarray(0, 100_000 * ELEMENT_BYTES)
const sorted = joined(million)
const figures = {
  "1 M, 100 more on either side": await compare(
    joined(million, elements(100)),
    joined(million, elements(100)),
    [100, 100],
  ),
  "1 M, equal": await compare(sorted, sorted, [0, 0]),
  "100 k, 100 more on either side": await compare(
    joined(tenth, elements(100)),
    joined(tenth, elements(100)),
    [100, 100],
  ),
  "nothing here, 1 M there": await compare(new Uint8Array(0), sorted, [0, 1_000_000]),
  "1 M here, nothing there": await compare(sorted, new Uint8Array(0), [1_000_000, 0]),
}

const now = { yardstick: measureYardstick(), figures }
const file = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(file, `${JSON.stringify(now, null, 1)}\n`)
console.log(JSON.stringify({ baseline: JSON.parse(readFileSync(file, "utf8")), now }, null, 1))
if (figures["1 M, 100 more on either side"].bytes > MOST_BYTES) {
  console.error(`1 M with 200 differences took more than ${MOST_BYTES} bytes`)
  process.exitCode = 1
}
