import { signPackHead } from "../../packages/core/src/pack/index.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
import type { Json } from "../../packages/core/src/bytes/index.ts"
import { base64url, deskKey, deskSeed, key, seeded, SOURCE, stream, unitKey, unitSeed, type Vectors } from "./seeded.ts"

const p = seeded("pack")
const plan = { dataCells: 500, groups: 3, repair: 51, cells: 653 }
const tableHashes = [0, 1, 2, 3].map((i) => key(`table ${i}`))
const head = { desk: deskKey, day: "2026-03-01", plan, tableBytes: 21_000, tableHashes }
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString().replace(/\0+$/, "")
const good = text(await signPackHead(head, deskSeed, p))
const document = JSON.parse(good.split("\n")[0] as string) as Record<string, Json>
const signed = async (over: Record<string, Json>, seed = deskSeed): Promise<string> =>
  text(await signLine("govah-pack-v1", { ...document, ...over }, seed, p))

const accept = (name: string, received: string) => ({ name, expect: "accept", text: received, plan })
const reject = (code: string, name: string, received: string) => ({ name, expect: `reject:${code}`, text: received })
const { day: _, ...dayless } = document

/** The cell is `text` and zeros up to 16,384 bytes. */
export const packHead: Vectors = {
  source: SOURCE,
  spec: "spec/pack.md",
  desk: deskKey,
  cases: [
    accept("a head", good),
    reject("malformed", "nothing but zeros", ""),
    reject("malformed", "cut in its signature", good.slice(0, -9)),
    reject("malformed", "a byte after it", `${good}x`),
    reject("malformed", "no day", text(await signLine("govah-pack-v1", dayless, deskSeed, p))),
    reject("malformed", "a member too many", await signed({ more: 1 })),
    reject("malformed", "groups longer than the code", await signed({ groups: 1 })),
    reject("malformed", "more groups than cells", await signed({ groups: 501 })),
    reject("malformed", "no repair", await signed({ repair: 0 })),
    reject("malformed", "2^40 cells", await signed({ dataCells: 2 ** 40 })),
    reject("malformed", "a table of other length than its hashes", await signed({ tableBytes: 40_000 })),
    reject("malformed", "half a hash", await signed({ tableCells: base64url(stream("half")(127)) })),
    reject("unknown-version", "a newer version", await signed({ v: 2 })),
    reject("bad-signature", "signed by another", await signed({}, unitSeed)),
    reject("bad-signature", "of another desk, well signed", await signed({ desk: unitKey }, unitSeed)),
    reject("bad-signature", "a group more", good.replace('"groups":3', '"groups":4')),
    reject(
      "bad-signature",
      "signed as a feed file",
      text(await signLine("govah-feed-v1", document, deskSeed, p)),
    ),
  ],
}
