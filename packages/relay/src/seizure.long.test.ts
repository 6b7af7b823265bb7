import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { toBase64Url } from "@govah/core/bytes"
import { CELL_BYTES } from "@govah/core/cell"
import { sealParcel } from "@govah/core/seal"
import { nodePrimitives } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { findCoordinates } from "./testing/seizure/coordinates.ts"
import { type Examined, judge, readAdmitted } from "./testing/seizure/examine.ts"
import { findInstants, findMarks } from "./testing/seizure/marks.ts"
import { PLANTED_HEADERS, seizeRelay } from "./testing/seizure/seize-relay.ts"
import { seededRandom } from "./testing/seizure/random.ts"

const PLAN = { seed: "long", parcels: 10_000, senders: 200, desks: 5, hours: 200, rush: 2_000 }
/** More than a coin by no more than this: of each two pairs one is linked, and windows and days are the same. */
const LIMIT = 0.03
/** About as many as the log may hold; the specification says that it has those of the last seconds in order. */
const NEWEST = 512
/** Fewer than come in the rush. */
const RUSH_CELLS = 4_000
const WORDS = ["Planted Name of a Witness", "نشانی کاشته در زاهدان", "28.5543N 60.8841E"]

const desks = await Promise.all(
  Array.from({ length: PLAN.desks }, async (_, n) => ({
    key: toBase64Url(nodePrimitives.random(32)),
    recipient: await identityToRecipient(await generateHybridIdentity()),
    name: `planted desk ${n}`,
  })),
)
const seeds = Array.from({ length: PLAN.senders }, () => nodePrimitives.random(32))

/** A report with planted words, and a picture or none. */
function sealer(): (parcel: number, sender: number, desk: number) => Promise<readonly Uint8Array[]> {
  const random = seededRandom("pictures")
  return async (parcel, sender, desk) => {
    const picture = random.bytes(random.below(4) * CELL_BYTES)
    const to = desks[desk] as (typeof desks)[number]
    const cells: Uint8Array[] = []
    const input = {
      report: {
        type: "observation" as const,
        language: "fa" as const,
        text: `${WORDS.join(", ")}, ${to.name}, ${parcel}`,
        place: { name: WORDS[1] as string, province: null, precision: "town" as const },
        period: { from: "2026-03-01", to: null, about: true },
        basis: "saw" as const,
        claims: [],
        action: null,
        consent: { publish: "words" as const, notBefore: null },
      },
      attachments: picture.length === 0 ? [] : [{ type: "image/jpeg", open: () => [picture] }],
      recipients: [to.recipient],
      rules: { interopX25519: false },
      desk: to.key,
      sender: { seed: seeds[sender] as Uint8Array, invitation: null },
    }
    for await (const { bytes } of sealParcel(input, nodePrimitives)) cells.push(Uint8Array.from(bytes))
    return cells
  }
}

function say(title: string, { parcels, senders, desks: guesses, onFreePages, elsewhere }: Examined): void {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  console.log(
    [
      title,
      `two cells of one parcel: ${percent(parcels.accuracy)} of ${parcels.pairs} pairs (best: ${parcels.best})`,
      `two parcels of one sender: ${percent(senders.accuracy)} of ${senders.pairs} pairs (best: ${senders.best})`,
      `two parcels for one desk: ${percent(guesses.accuracy)} of ${guesses.pairs} pairs (best: ${guesses.best})`,
      `pieces on free pages: ${onFreePages}, in other files: ${elsewhere}`,
    ].join("\n  "),
  )
}

test("A seized relay of ten thousand parcels links no two of them better than chance", async () => {
  const seizure = await seizeRelay(PLAN, sealer())
  const { sent } = seizure
  const admitted = readAdmitted(seizure.quiet, "relay.db")
  const atRest = findCoordinates(seizure.quiet, "relay.db", sent)
  const atWork = findCoordinates(seizure.busy, "relay.db", sent)
  const quiet = judge(atRest, sent, admitted, PLAN.seed)
  const open = judge(atRest, sent, admitted, PLAN.seed, RUSH_CELLS)
  const busy = judge(atWork, sent, admitted, PLAN.seed)
  say(`quiet, ${sent.length} cells`, quiet)
  say(`quiet, the newest ${RUSH_CELLS} cells, most of them in one open window`, open)
  say("in the instant after a post", busy)
  say(
    `in the instant after a post, the newest ${NEWEST} cells alone`,
    judge(atWork, sent, admitted, PLAN.seed, NEWEST),
  )
  for (const { parcels, senders, desks: guesses, onFreePages, elsewhere } of [quiet, busy, open]) {
    expect(parcels.pairs).toBeGreaterThan(1_000)
    expect(senders.pairs).toBeGreaterThan(1_000)
    expect(guesses.pairs).toBeGreaterThan(1_000)
    expect(parcels.accuracy).toBeLessThan(0.5 + LIMIT)
    expect(senders.accuracy).toBeLessThan(0.5 + LIMIT)
    expect(guesses.accuracy).toBeLessThan(0.5 + LIMIT)
    expect({ onFreePages, elsewhere }).toEqual({ onFreePages: 0, elsewhere: 0 })
  }

  const marks = [
    ...WORDS,
    ...desks.flatMap(({ key, recipient, name }) => [key, recipient, name]),
    ...Object.values(PLANTED_HEADERS),
    ...seizure.addresses,
    ...seizure.instants.slice(-1_000).map(String),
  ]
  for (const folder of [seizure.busy, seizure.quiet]) {
    expect(findMarks(folder, marks)).toEqual([])
    expect(findInstants(join(folder, "relay.db"), seizure.instants)).toEqual([])
    // The same search finds what is written beside the store.
    const notes = [WORDS[1], [...seizure.addresses][3], `${seizure.instants.at(-1)}`]
    writeFileSync(join(folder, "relay.log"), notes.join(" "))
    expect(findMarks(folder, marks)).toEqual(expect.arrayContaining(notes))
  }
})
