import type { Json } from "../../packages/core/src/bytes/index.ts"
import { canonicalJson } from "../../packages/core/src/bytes/index.ts"
import { encodePrice, formatWork, searchWork } from "../../packages/core/src/work/index.ts"
import { base64url, hex, key, SOURCE, type Vectors } from "./seeded.ts"

const relay = key("relay name").subarray(0, 16)
const day = 20_500
const tokenKey = key("token key")
const id = key("cell")
const bits = 14
const nonce = searchWork({ relay, day }, id, bits).step(1e7) as Uint8Array

const price = { bits, day, relay: base64url(relay), tokens: [base64url(tokenKey)], v: 1 }
const padded = (document: Json): string => canonicalJson(document).padEnd(256)
const priced = (name: string, text: string, expect = "reject:malformed") => ({ name, expect, price: text })
const whole = Buffer.from(encodePrice({ bits, day, relay, tokenKeys: [tokenKey] })).toString()

const paid = (name: string, over: object, expect = "reject:not-enough") => ({
  name,
  expect,
  work: { relay: hex(relay), day, id: hex(id), nonce: hex(nonce), bits, ...over },
})
const flipped = (bytes: Uint8Array): string => hex(Uint8Array.from(bytes, (byte, i) => byte ^ (i === 0 ? 1 : 0)))

const nonces = Array.from({ length: 64 }, (_, i) => key(`nonce ${i}`).subarray(0, 8))
const one = formatWork({ day, nonces: nonces.slice(0, 1) })
const header = (name: string, text: string, expect = "reject:malformed") => ({ name, expect, header: text })

export const work: Vectors = {
  source: SOURCE,
  spec: "spec/work.md",
  note: "price: a file of 256 bytes. work: whether nonce (hex) pays for the cell id at that relay on that day with so many bits; not-enough where it does not. header: the value of Govah-Work. Those accepted, written again, are the same.",
  cases: [
    priced("a price", whole, "accept"),
    priced("no work and no tokens", padded({ ...price, bits: 0, tokens: [] }), "accept"),
    priced("two token keys", padded({ ...price, tokens: [base64url(key("other")), base64url(tokenKey)] }), "accept"),
    priced("the dearest", padded({ ...price, bits: 17 }), "accept"),
    priced("one bit dearer", padded({ ...price, bits: 18 }), "reject:too-dear"),
    priced("a price that nobody can pay", padded({ ...price, bits: 255 }), "reject:too-dear"),
    priced("a newer version", padded({ ...price, v: 2 }), "reject:unknown-version"),
    priced("version 0", padded({ ...price, v: 0 })),
    priced("nothing", ""),
    priced("cut", whole.slice(0, -1)),
    priced("a space more", `${whole} `),
    priced("a line feed at the end", `${whole.slice(0, -1)}\n`),
    priced("a space in front", ` ${whole.slice(0, -1)}`),
    priced("names in another order", `{"v":1,${canonicalJson(price).slice(1).replace(',"v":1', "")}`.padEnd(256)),
    priced("bits as text", padded({ ...price, bits: "14" })),
    priced("bits below 0", padded({ ...price, bits: -1 })),
    priced("no day", padded({ bits, relay: price.relay, tokens: price.tokens, v: 1 })),
    priced("a name of 15 bytes", padded({ ...price, relay: base64url(relay.subarray(1)) })),
    priced("a name with padding", padded({ ...price, relay: `${price.relay}==` })),
    priced("three token keys", padded({ ...price, tokens: Array(3).fill(price.tokens[0]) as string[] })),
    priced("a token key of 31 bytes", padded({ ...price, tokens: [base64url(tokenKey.subarray(1))] })),
    priced("a field more", padded({ ...price, desk: "x" })),

    paid("work that pays", {}, "accept"),
    paid("fewer bits are paid, too", { bits: 3 }, "accept"),
    paid("no bits are always paid", { bits: 0, nonce: "0000000000000000" }, "accept"),
    paid("at another relay", { relay: flipped(relay) }),
    paid("on the next day", { day: day + 1 }),
    paid("for another cell", { id: flipped(id) }),
    paid("another nonce", { nonce: flipped(nonce) }),
    paid("more bits", { bits: 32 }),

    header("one nonce", one, "accept"),
    header("64 nonces", formatWork({ day, nonces }), "accept"),
    header("day 0", formatWork({ day: 0, nonces: nonces.slice(0, 2) }), "accept"),
    header("65 nonces", formatWork({ day, nonces: [...nonces, ...nonces.slice(0, 1)] })),
    header("no nonce", `${day}.`),
    header("no day at all", one.slice(5)),
    header("a day with a zero in front", `0${one}`),
    header("a day of eight digits", `100${one}`),
    header("half a nonce", formatWork({ day, nonces: [key("half").subarray(0, 12)] })),
    header("with padding", `${one}=`),
    header("base64 of the other alphabet", `${day}.+/+/+/+/+/8`),
    header("bits after the last byte", `${one.slice(0, -1)}${one.endsWith("B") ? "D" : "B"}`),
    header("a space before the day", ` ${one}`),
    header("two days", `${day}.${one}`),
  ],
}
