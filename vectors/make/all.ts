// Writes every vector file that this project makes itself: `node vectors/make/all.ts`. With --check it writes nothing,
// and fails where a file would change.
import { readFileSync, writeFileSync } from "node:fs"
import type { Vectors } from "./seeded.ts"

// One after another: each maker takes the randomness of the process.
const makers: readonly (readonly [string, () => Promise<Vectors>])[] = [
  ["canonical-json", async () => (await import("./canonical-json.ts")).canonicalJson],
  ["ed25519", async () => (await import("./ed25519.ts")).ed25519],
  ["signed-line", async () => (await import("./signed-line.ts")).signedLine],
  ["cell", async () => (await import("./cells.ts")).cellVectors],
  ["bundle", async () => (await import("./cells.ts")).bundle],
  ["veil", async () => (await import("./veil.ts")).veilVectors],
  ["cell-list", async () => (await import("./cells.ts")).cellList],
  ["padme", async () => (await import("./cells.ts")).padmeVectors],
  ["payload", async () => (await import("./payload.ts")).payload],
  ["root", async () => (await import("./root.ts")).root],
  ["report", async () => (await import("./report.ts")).report],
  ["parcel", async () => (await import("./parcel.ts")).parcel],
  ["recording", async () => (await import("./recording.ts")).recording],
  ["card", async () => (await import("./card.ts")).card],
  ["invitation", async () => (await import("./card.ts")).invitation],
  ["short-invitation", async () => (await import("./compare.ts")).shortInvitation],
  ["key-words", async () => (await import("./compare.ts")).keyWordVectors],
  ["qr-frame", async () => (await import("./qr.ts")).qrFrame],
  ["erasure", async () => (await import("./qr.ts")).erasure],
  ["pack-head", async () => (await import("./pack.ts")).packHead],
  ["feed", async () => (await import("./feed.ts")).feed],
  ["token", async () => (await import("./token.ts")).tokens],
  ["work", async () => (await import("./work.ts")).work],
  ["lock", async () => (await import("./lock.ts")).lock],
  ["reconcile", async () => (await import("./reconcile.ts")).reconcileVectors],
  ["feed-proof", async () => (await import("./feed.ts")).feedProof],
  ["box", async () => (await import("./field.ts")).box],
  ["gazetteer", async () => (await import("./field.ts")).gazetteer],
  ["feed-whole", async () => (await import("./feed.ts")).feedWhole],
  ["receipt-set", async () => (await import("./feed.ts")).receiptSet],
  ["feed-part", async () => (await import("./bulletin.ts")).bulletins],
  ["release", async () => (await import("./release.ts")).releases],
  ["witness", async () => (await import("./witness.ts")).witness],
  ["reply-slot", async () => (await import("./reply.ts")).replySlot],
]

const check = process.argv.includes("--check")
const changed: string[] = []
for (const [name, make] of makers) {
  const file = new URL(`../${name}.json`, import.meta.url)
  const text = `${JSON.stringify(await make(), null, 1)}\n`
  if (check) {
    if (readFileSync(file, "utf8") !== text) changed.push(`${name}.json`)
  } else writeFileSync(file, text)
}
if (changed.length > 0) {
  console.error(`no longer what vectors/make makes: ${changed.join(", ")}`)
  process.exitCode = 1
}
