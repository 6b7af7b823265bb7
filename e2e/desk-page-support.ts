import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openInvitation, recipientOn } from "@govah/core/card"
import type { CellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import type { Report } from "@govah/core/report"
import { type SealedCell, type SealedParcel, sealParcel } from "@govah/core/seal"
import type { Desk } from "@govah/desk"
import { createDeskServer, type DeskServer } from "@govah/desk/server"
import { nodePrimitives as p } from "@govah/node"
import type { Browser, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { builtPage } from "./built-page.ts"
import { DEPS, freshDesk, freshHome } from "./desk-support.ts"
import { copied } from "./copied.ts"

const root: string = join(import.meta.dirname, "..")
let pageFolder = ""
export const SAMPLES: string = join(root, "samples/saravan-2021/media")

/** Builds the page apart from the one that people use. */
export async function buildPage(): Promise<void> {
  pageFolder = await builtPage("desk")
}

/** A file to seal, as a phone names it. */
export interface SealedFile {
  readonly type: string
  readonly bytes: Uint8Array
}

/** What a test unit says where it says nothing else. */
export const REPORT: Report = {
  type: "observation",
  language: "fa",
  text: "نزدیک گمرک تیراندازی شد. دست‌کم ده نفر افتادند.",
  place: { name: "سراوان", province: null, precision: "county" },
  period: { from: "2021-02-22", to: null, about: true },
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}

/** A desk in a folder of its own, its page on loopback, and a way for reports to reach it. */
export interface ServedDesk {
  readonly desk: Desk
  readonly home: string
  readonly server: DeskServer
  /** How often the page asked for the archive. */
  readonly built: () => number
  /** Seals a report and takes it from a bundle file. `leaveOut` cells are lost on the way. */
  send(over: Partial<Report>, files?: readonly SealedFile[], how?: SendHow): Promise<CellId>
}

export interface SendHow {
  /** A unit that nobody invited. */
  readonly stranger?: boolean
  /** Another key that shows the same invitation. */
  readonly secondKey?: boolean
  readonly badSignature?: boolean
  readonly leaveOut?: number
}

export async function serveDesk(): Promise<ServedDesk> {
  const home = await freshHome()
  const desk = await freshDesk(home)
  let built = 0
  const server = await createDeskServer(desk, {
    port: 0,
    staticFolder: pageFolder,
    buildArchive: async () => {
      built++
      return { folder: "the/archive" }
    },
  })
  onTestFinished(() => server.close())
  const today = DEPS.now().toISOString().slice(0, 10)
  const invitation = await openInvitation((await desk.invite("e2e")).text, today, p)
  const seed = p.random(32)
  return {
    desk,
    home,
    server,
    built: () => built,
    send: async (over, files = [], how = {}) => {
      const parcel = await seal(
        {
          report: { ...REPORT, ...over },
          attachments: files.map(({ type, bytes }) => ({ type, open: () => [bytes] })),
          recipients: [recipientOn(invitation.card, today)],
          rules: { interopX25519: false },
          desk: desk.key,
          sender: how.stranger
            ? { seed: p.random(32), invitation: null }
            : { seed: how.secondKey ? p.random(32) : seed, invitation: invitation.secret },
        },
        how.badSignature ? FAULTY_SIGNER : p,
      )
      const path = join(home, `${parcel.rootId}.bundle`)
      await writeFile(path, Buffer.concat(parcel.cells.slice(how.leaveOut ?? 0)))
      await desk.take(path)
      return parcel.rootId
    },
  }
}

/** A sample photo as a phone wrote it: with EXIF and a position in it. */
export async function samplePhoto(): Promise<SealedFile> {
  return { type: "image/jpeg", bytes: new Uint8Array(await readFile(join(SAMPLES, "A05-ahvaz-slogan.jpg"))) }
}

/** Sets the page open and notes everything that goes wrong in it or leaves it. */
export async function openPage(
  browser: Browser,
  served: ServedDesk,
  look: { scheme?: "light" | "dark"; language?: "fa" | "en"; width?: number; height?: number } = {},
): Promise<{ page: Page; complaints: string[]; elsewhere: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.scheme ?? "light",
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  const elsewhere: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") complaints.push(line.text())
  })
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol !== "blob:" && host !== `127.0.0.1:${served.server.port}`) elsewhere.push(request.url())
  })
  await page.goto(`${served.server.url}&l=${look.language ?? "fa"}`)
  await page.locator(".row").first().waitFor()
  return { page, complaints, elsewhere }
}

async function seal(
  input: Parameters<typeof sealParcel>[0],
  hand: Primitives,
): Promise<{ rootId: CellId; cells: readonly Uint8Array[] }> {
  const cells: Uint8Array[] = []
  const sealing = sealParcel(input, hand)
  for (;;) {
    const next: IteratorResult<SealedCell, SealedParcel> = await sealing.next()
    if (next.done === true) return { rootId: next.value.rootId, cells }
    cells.push(copied(next.value.bytes))
  }
}

const FAULTY_SIGNER: Primitives = {
  ...p,
  sign: async (seed, message) => {
    const signature = (await p.sign(seed, message)).slice()
    signature[9] = (signature[9] as number) ^ 1
    return signature
  },
}
