import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { FieldServer } from "@govah/field/server"
import { CELL_BYTES, looksLikeRoot } from "@govah/core/cell"
import { receiptTag } from "@govah/core/feed"
import type { Relay } from "@govah/relay"
import { bech32 } from "@scure/base"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { beginWords, goHome, joinDesk, passphraseOf, reachHome, unlock } from "./field-page-hands.ts"
import { freshFolder, makeDesk, type OpenedReport, startRelay, type TestDesk } from "./field-support.ts"
import { type BrowserTree, makeBrowserTree } from "./leak/browser-tree.ts"
import { startChromium } from "./leak/chromium.ts"
import { askEngine, type StoredFile, storedFiles, TELLING, unsealed } from "./leak/engine-asked.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { type Needle, windowsOf } from "./leak/needle.ts"
import { searchTree } from "./leak/search-tree.ts"
import { headerMac, type KeptParcel, keysIn, tryKeys, windowsIn } from "./leak/try-keys.ts"

let site: FieldServer
beforeAll(async () => {
  site = await buildFieldSite("seized", TELLING)
})
afterAll(() => site?.close())

interface Phone {
  readonly tree: BrowserTree
  readonly page: Page
  readonly desk: TestDesk
  readonly relay: Relay
  readonly invitation: string
  readonly report: OpenedReport
}

const WORDS = "نشانِ ۷۱۳۹: تیراندازی نزدیک مرز"

/** A phone that has kept and sent a report with a picture, of which no receipt was heard yet. */
async function phoneWithReport(): Promise<Phone> {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const file = join(folder, "picture.jpg")
  await writeFile(file, Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(20_000)]))
  const tree = await makeBrowserTree()
  const browser = await startChromium(tree)
  onTestFinished(async () => {
    await browser.kill()
    await tree.remove()
  })
  const { page } = await browser.open()
  await page.goto(`${site.url}/`)
  const invitation = await desk.invite()
  await joinDesk(page, invitation)
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await page.locator("input[type=file]").first().setInputFiles(file)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  await goHome(page)
  const [report] = await desk.pull(relay)
  await desk.publish(relay, 1, [report!.arrived], null)
  return { tree, page, desk, relay, invitation, report: report as OpenedReport }
}

function parcelOf(files: readonly StoredFile[], { desk, report }: Phone): KeptParcel {
  const cells = files
    .filter(({ name }) => name.startsWith("cells-"))
    .flatMap(({ bytes }) =>
      Array.from({ length: bytes.length / CELL_BYTES }, (_, at) =>
        bytes.subarray(at * CELL_BYTES, (at + 1) * CELL_BYTES),
      ),
    )
  const root = cells.find((cell) => looksLikeRoot(cell))
  if (root === undefined) throw new Error("no root lies there")
  return {
    root,
    bodies: cells.filter((cell) => cell !== root),
    begins: report.attachments[0]!.bytes.subarray(0, 10),
    recipients: desk.card.terms.map(({ recipient }) => bech32Bytes(recipient).subarray(-32)),
  }
}

/** As age has it: longer than bech32 was made for. */
function bech32Bytes(text: string): Buffer {
  return Buffer.from(bech32.fromWords(bech32.decode(text as `${string}1${string}`, false).words))
}

test("with the whole phone and its passphrase, no stored key opens a kept parcel; a planted one does", async () => {
  const phone = await phoneWithReport()
  const { page, desk, relay, report } = phone
  // What it hears by itself would erase what is tried here.
  await relay.close()
  await page.reload()
  await unlock(page)
  await reachHome(page)
  const files = await storedFiles(page)
  const parcel = parcelOf(files, phone)
  // All that the phone can read of its own, and all that lies there, but the cells themselves.
  const stored = [
    ...(await unsealed(page)),
    ...files.filter(({ name }) => !name.startsWith("cells-")).map(({ bytes }) => bytes),
  ]
  const tried = keysIn(stored)
  console.log(`${tried} keys tried on ${parcel.bodies.length + 1} cells`)
  expect(tried).toBeGreaterThan(1_000)
  expect(tryKeys(parcel, stored)).toEqual([])

  // Controls: each kind of key, stored as it might be by mistake, opens.
  const recording = Buffer.from(report.attachments[0]!.key, "base64url")
  for (const planted of [recording, Buffer.from(`"k":"${recording.toString("base64url")}"`)])
    expect(tryKeys(parcel, [planted])).toContain("recording key")
  const seed = bech32Bytes(desk.identity.toLowerCase())
  expect(tryKeys(parcel, [Buffer.from(seed.toString("hex"))])).toContain("intake identity")
  const fileKey = randomBytes(16)
  const header = Buffer.from("age-encryption.org/v1\n-> X25519 a\nb\n---")
  const root = Buffer.concat([header, Buffer.from(` ${headerMac(fileKey, header)}\n`)])
  expect(tryKeys({ ...parcel, root }, [fileKey])).toContain("file key of the root")
})

test("without the passphrase, nothing on the phone ties it to a receipt, a desk or a report; with it, a receipt does", async () => {
  const phone = await phoneWithReport()
  const { page, report } = phone
  const locked = (await storedFiles(page)).filter(({ name }) => !name.startsWith("cells-"))
  const names = Buffer.from((await storedFiles(page)).map(({ name }) => name).join(" "))
  const published = Buffer.from(receiptTag(report.arrived, "arrived"))
  // Of the invitation, a piece in its middle: it says which desk.
  const piece = phone.invitation.slice(200, 240)
  const ties = (stored: readonly Buffer[]): readonly string[] => [
    ...windowsIn(stored)
      .of32.filter((window) => Buffer.from(receiptTag(window, "arrived")).equals(published))
      .map(() => "receipt"),
    ...stored.filter((bytes) => bytes.includes(piece)).map(() => "desk"),
  ]
  expect(ties([...locked.map(({ bytes }) => bytes), names])).toEqual([])
  await page.reload()
  await unlock(page)
  await reachHome(page)
  const open = await unsealed(page)
  expect(ties(open)).toContain("receipt")
  expect(ties(open)).toContain("desk")
  // With it, too, no word of the report.
  const words = Buffer.concat(open).toString("utf8")
  expect(words).not.toContain(WORDS)
})

/**
 * Windows of everything that lies there now: what must not be there any more. But for the lock's salt, which opens nothing:
 * after the second passphrase the lock looks as if it had been made with that one.
 */
function needlesOf(files: readonly StoredFile[]): readonly Needle[] {
  return files.flatMap(({ name, bytes }) =>
    windowsOf(bytes, 0)
      .filter((window) => name !== "lock" || !bytes.subarray(0, SALT_BYTES).includes(window))
      .map((window) => ({ mark: name, form: "bytes", bytes: window })),
  )
}

const SALT_BYTES = 32

test.each(["wipe", "second passphrase"] as const)(
  "after %s nothing that was kept is in the profile",
  async (how) => {
    const { tree, page } = await phoneWithReport()
    let duress = ""
    if (how === "second passphrase") {
      duress = String(await askEngine(page, { kind: "propose-passphrase", language: "fa" }))
      const set = { kind: "set-duress", passphrase: passphraseOf(page), duress }
      expect(await askEngine(page, set)).not.toHaveProperty("failure")
    }
    const files = await storedFiles(page)
    const needles = needlesOf(files)
    // The control: before, each file is found in the profile by the same search.
    const before = searchTree(tree.profile, needles)
    for (const { name } of files) expect(before.has(name), name).toBe(true)

    if (how === "wipe") await askEngine(page, { kind: "wipe" })
    else {
      await page.reload()
      await page.getByLabel("رمز، چهار واژه", { exact: true }).fill(duress)
      await page.getByRole("button", { name: "باز کن", exact: true }).click()
      await page.getByLabel("دعوت‌نامه", { exact: true }).waitFor()
    }
    const after = searchTree(tree.profile, needles)
    expect([...after].map(([name, places]) => `${name}: ${[...places].join(" ")}`)).toEqual([])
  },
)
