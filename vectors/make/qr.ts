import { toBase45 } from "../../packages/core/src/frames/base45.ts"
import { crc32 } from "../../packages/core/src/frames/crc32.ts"
import { makeFrames, parseFrame } from "../../packages/core/src/frames/index.ts"
import { repairShard } from "../../packages/core/src/erasure/index.ts"
import { hex, key, seeded, SOURCE, stream, type Vectors } from "./seeded.ts"

const p = seeded("qr")
const object = stream("qr object")(1_500)
const frames = await makeFrames("card", object, p)
const cellFrames = await makeFrames("cell", stream("qr cell")(16_384), p)

const accept = (name: string, text: string) => {
  const { kind, id, objectBytes, count, index, symbol } = parseFrame(text)
  return { name, expect: "accept", text, frame: { kind, id: hex(id), objectBytes, count, index, symbol: hex(symbol) } }
}
const reject = (code: string, name: string, text: string) => ({ name, expect: `reject:${code}`, text })

/** A frame of any bytes, with the checksum that fits. */
function checked(body: Uint8Array): string {
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return toBase45(Buffer.concat([body, crc]))
}
const id = key("object")
const body = (over: Partial<Record<"version" | "kind" | "bytes" | "count" | "index" | "symbol", number>>): string => {
  const { version = 1, kind = 2, bytes = 100, count = 2, index = 0, symbol = 50 } = over
  return checked(
    Buffer.concat([Buffer.from([version, kind]), id, Buffer.from([bytes >> 8, bytes & 255, count, index]), Buffer.alloc(symbol)]),
  )
}
const first = frames[0] as string

export const qrFrame: Vectors = {
  source: SOURCE,
  spec: "spec/qr.md",
  /** What the accepted frames of a card's kind rebuild. */
  object: hex(object),
  cases: [
    accept("a data symbol", first),
    accept("the last data symbol, filled with zeros", frames[parseFrame(first).count - 1] as string),
    accept("a repair symbol", frames.at(-1) as string),
    accept("a symbol of a cell", cellFrames[30] as string),
    accept("an object of one byte in one symbol", body({ bytes: 1, count: 1, symbol: 1 })),
    accept("the highest number", body({ index: 255 })),
    reject("malformed", "empty", ""),
    reject("malformed", "cut short", first.slice(0, -3)),
    reject("malformed", "a letter changed", `${first.slice(0, 90)}${first[90] === "A" ? "B" : "A"}${first.slice(91)}`),
    reject("malformed", "a letter that base45 has not", first.replace(/.$/, "a")),
    reject("malformed", "three characters above 65535", `:::${first.slice(3)}`),
    reject("malformed", "no symbol", body({ bytes: 0, symbol: 0 })),
    reject("malformed", "no object", body({ bytes: 0, count: 1, symbol: 1 })),
    reject("malformed", "an object longer than a cell", body({ bytes: 16_385, count: 100, symbol: 164 })),
    reject("malformed", "a cell of another length", body({ kind: 1 })),
    reject("malformed", "a kind that is not", body({ kind: 4 })),
    reject("malformed", "kind 0", body({ kind: 0 })),
    reject("malformed", "count 0", body({ count: 0 })),
    reject("malformed", "a symbol too short", body({ symbol: 49 })),
    reject("malformed", "a symbol too long", body({ symbol: 51 })),
    reject("unknown-version", "a newer version", body({ version: 2 })),
    reject("too-long", "longer than any code", "0".repeat(4_297)),
  ],
}

const data = [0, 1, 2].map((i) => stream(`shard ${i}`)(8))
const shard = (number: number): string => hex(number < 3 ? (data[number] as Uint8Array) : repairShard(data, number))
const shards = (...numbers: number[]): [number, string][] => numbers.map((n) => [n, shard(n)])

export const erasure: Vectors = {
  source: SOURCE,
  spec: "spec/pack.md",
  count: 3,
  data: data.map(hex),
  cases: [
    { name: "all data", expect: "accept", shards: shards(0, 1, 2) },
    { name: "repair alone", expect: "accept", shards: shards(3, 4, 5) },
    { name: "the farthest repair", expect: "accept", shards: shards(255, 1, 128) },
    { name: "one too few", expect: "reject:too-few", shards: shards(0, 200) },
    { name: "none", expect: "reject:too-few", shards: [] },
    { name: "a number past the last", expect: "reject:out-of-bounds", shards: [...shards(0, 1), [256, shard(2)]] },
    { name: "two lengths", expect: "reject:out-of-bounds", shards: [...shards(0, 1), [3, "00"]] },
  ],
}
