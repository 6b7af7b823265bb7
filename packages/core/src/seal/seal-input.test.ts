import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { toBase64Url } from "../bytes/index.ts"
import type { Report } from "../report/index.ts"
import { type AttachmentSource, type ParcelInput, sealParcel } from "./index.ts"

// Once a report is sealed nobody can mend it: what a desk would refuse must be refused before the first cell.

const report: Report = {
  type: "observation",
  language: "en",
  text: "seen",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}
const recipient = await identityToRecipient(await generateHybridIdentity())

async function firstCell(over: Partial<ParcelInput>): Promise<string> {
  const input: ParcelInput = {
    report,
    attachments: [],
    recipients: [recipient],
    rules: { interopX25519: false },
    desk: toBase64Url(p.random(32)),
    sender: { seed: p.random(32), invitation: null },
    ...over,
  }
  const cells = sealParcel(input, p)
  return await cells.next().then(
    () => "sealed",
    (error: { code: string }) => error.code,
  )
}
const attached = (type: string, count = 1): AttachmentSource[] =>
  Array.from({ length: count }, () => ({ type, open: () => [Uint8Array.of(1)] }))

test("a good report is sealed", async () => {
  expect(await firstCell({})).toBe("sealed")
  expect(await firstCell({ attachments: attached("video/webm", 64) })).toBe("sealed")
})

test.each([
  "",
  "image",
  "IMAGE/JPEG",
  "video/webm;codecs=vp8",
  "image/jpeg ",
  `image/${"x".repeat(81)}`,
  "../x",
])("the media type %j is refused", async (type) =>
  expect(await firstCell({ attachments: attached(type) })).toBe("bad-report"),
)

test("half a character, which a cut emoji leaves behind, is refused", async () => {
  const half = "\u{1f56f}".slice(0, 1)
  const place = { name: half, province: null, precision: "town" as const }
  expect(await firstCell({ report: { ...report, text: half } })).toBe("bad-report")
  expect(await firstCell({ report: { ...report, place } })).toBe("bad-report")
})

test("a damaged desk key or invitation is refused", async () => {
  expect(await firstCell({ desk: "x" })).toBe("bad-report")
  expect(await firstCell({ desk: `${toBase64Url(new Uint8Array(32)).slice(0, -1)}B` })).toBe("bad-report")
  const seed = p.random(32)
  expect(await firstCell({ sender: { seed, invitation: toBase64Url(p.random(15)) } })).toBe("bad-report")
  expect(await firstCell({ sender: { seed, invitation: toBase64Url(p.random(16)) } })).toBe("sealed")
})

test("too many attachments, and recipients that leave no room, are refused", async () => {
  expect(await firstCell({ attachments: attached("image/jpeg", 65) })).toBe("too-long")
  expect(await firstCell({ recipients: Array.from({ length: 5 }, () => recipient) })).toBe("sealed")
  expect(await firstCell({ recipients: Array.from({ length: 6 }, () => recipient) })).toBe("too-long")
  expect(await firstCell({ recipients: [] })).toBe("bad-recipient")
})
