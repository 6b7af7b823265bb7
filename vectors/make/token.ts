import {
  encodeTokenKey,
  formatToken,
  formatTokenFile,
  type Token,
  tokenChallenge,
} from "../../packages/core/src/token/index.ts"
import { base64url, hex, key, seeded, sha256, SOURCE, type Vectors } from "./seeded.ts"

const p = seeded("token")
// Made once by OpenSSL, whose salt is random: a key that nobody has, and its signature of the token below.
const modulus = Buffer.from(
  "vgYw7hzM2TtbimGIMwhO95osHcO3nJvMwwyTf86naOh5exaHi4hxezsqVPKdPeD8PhQz7jM4nua4uGOX8X7kYouCC4rwgYaYLKQg" +
  "cm4V_4ZSQxBdeg_VsoIwjy-cERUeUh4LGXJa5PaFWXVBwXCuYr4BpWKMZPzbS2oK9TNnTGiNn1_A9sf4sBwl3kHEDNFLR_I3YWbS" +
  "W9RCQ6xLtv8lJo9XjeSfVhd2YscUFKatCZf5mcTbjyfl_YKw2vx5UjSQI01T6t9-WsBRjEsDXpyHFKkLZ-JrGQtGEGnMv83ofW48" +
  "87yiE_FPuSZxVF1yzN2PBjd86H0Liox2NmR3XIprmw",
  "base64url",
)
const signature = Buffer.from(
  "nLZrPF_r4TK7vI_Bg1rPjRUuC6ZqRRNKSYBP8iSzvS3A3s3zEew5S1A5T5T0YMD4EX7NaQCQKclQjLOZLhrWSxWiY6Qov_ukYHMG" +
  "UBhQ0C7WlwBJJKDcgxirdT4_DRhXPDQWD8y-1BGbL-27XJIQdrZjv9Mc_1Sw7hS9h8tAlWHs9l2aahRH_tDyqW8WUFuWhFtWA9Pt" +
  "BTXDa8Aoy15lCVZB95l1cwA0mIhCGGvm-IM4P9HneUV1r3hPF7JtjiGyDeYjFyNRxsaaDCSgStTG75Mj5dd3VXuvvsUqEAfqOjIx" +
  "oAq7q9O-Qy7OCuGe21poN7gVeVhhVnhy0wGOIeSg_g",
  "base64url",
)
const relay = key("relay name").subarray(0, 16)
const tokenKey = encodeTokenKey(modulus)
const id = Buffer.from(sha256(tokenKey), "hex")
const token: Token = { nonce: key("token nonce"), challenge: await tokenChallenge(relay, p), key: id, signature }
const text = formatToken(token)
const edit = (bytes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))

const one = (name: string, token: string, expect = "reject:malformed") => ({ name, expect, token })
const keyed = (name: string, bytes: Uint8Array, expect = "reject:malformed") => ({ name, expect, key: hex(bytes) })
const file = (name: string, text: string, expect = "reject:malformed") => ({ name, expect, file: text })
const whole = Buffer.from(formatTokenFile([token])).toString()
const bytes = Buffer.from(text, "base64url")

export const tokens: Vectors = {
  source: SOURCE,
  spec: "spec/token.md",
  note: "token: as Govah-Token has it, for the file's relay (hex) and key; refused where it cannot be read, or was not signed by that key for that relay. key: a token key (hex). file: tokens to hand on. Those accepted, written again, are the same.",
  relay: hex(relay),
  tokenKey: hex(tokenKey),
  cases: [
    one("a token", text, "accept"),
    one("signed for another nonce", formatToken({ ...token, nonce: key("other") }), "reject:refused"),
    one("signed for another relay", formatToken({ ...token, challenge: key("other") }), "reject:refused"),
    one("of another key", formatToken({ ...token, key: key("other") }), "reject:refused"),
    one("a bit of its signature changed", formatToken({ ...token, signature: edit(signature, 100) }), "reject:refused"),
    one("no signature", formatToken({ ...token, signature: new Uint8Array(256) }), "reject:refused"),
    one("nothing", ""),
    one("a character short", text.slice(0, -1)),
    one("a character long", `${text}A`),
    one("with padding", `${text}=`),
    one("another type", base64url(edit(bytes, 1))),
    one("the other alphabet", text.replace(/[-_]/g, "+")),
    keyed("a key", tokenKey, "accept"),
    keyed("nothing for a key", new Uint8Array(0)),
    keyed("a byte short", tokenKey.subarray(1)),
    keyed("a byte long", Buffer.concat([tokenKey, Buffer.of(0)])),
    keyed("another hash", edit(tokenKey, 35)),
    keyed("another length of salt", edit(tokenKey, 68)),
    keyed("an even modulus", edit(tokenKey, 340)),
    keyed("a modulus of 2047 bits", encodeTokenKey(Uint8Array.from(modulus, (byte, i) => (i === 0 ? byte & 0x7f : byte)))),
    keyed("the exponent 3", Buffer.concat([tokenKey.subarray(0, 343), Buffer.of(0, 0, 3)])),
    file("a file of one token", whole, "accept"),
    file("a file of none", "govah tokens v1\n", "accept"),
    file("no first line", `${text}\n`),
    file("another version", whole.replace("v1", "v2")),
    file("without a line feed at the end", whole.slice(0, -1)),
    file("with an empty line", `${whole}\n`),
    file("with carriage returns", whole.replaceAll("\n", "\r\n")),
  ],
}
