import { join } from "node:path"
import type { Desk, ReportView } from "@govah/desk"
import type { Relay } from "@govah/relay"
import { expect } from "vitest"
import type { Page } from "playwright-core"
import { copied } from "./copied.ts"
import { admittedRelay, freshDesk, freshHome } from "./desk-support.ts"

/** A desk with a relay, and an invitation to it. */
export async function deskWithRelay(): Promise<{
  desk: Desk
  relay: Relay
  invitation: string
  home: string
}> {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const relay = await admittedRelay(home, "relay", desk)
  return { desk, relay, invitation: (await desk.invite("unit")).text, home }
}

/** Pulls until so many reports are whole. */
export async function pulledReports(desk: Desk, count: number): Promise<readonly ReportView[]> {
  await expect
    .poll(async () => {
      await desk.pull()
      return (await desk.list()).filter((row) => row.open === "whole").length
    })
    .toBe(count)
  const rows = await desk.list()
  return await Promise.all(rows.map((row) => desk.show(row.root)))
}

/** One attachment, as the desk opens it. */
export async function opened(desk: Desk, view: ReportView, index: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(desk.attachment(view.root, index), copied))
}

/** Everything that a report's roots and attachments say in clear, for a search. */
export async function everythingOf(desk: Desk, view: ReportView): Promise<Buffer> {
  const attachments = await Promise.all(view.attachments.map((_, index) => opened(desk, view, index)))
  return Buffer.concat([Buffer.from(JSON.stringify(view)), ...attachments])
}

/** How long a video or sound plays and how large its picture is, as a browser finds that plays it to its end. */
export async function played(
  page: Page,
  bytes: Buffer,
  type: string,
): Promise<{ seconds: number; width: number }> {
  return await page.evaluate(
    async ([base64, mediaType]) => {
      const binary = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const media = document.createElement(mediaType.startsWith("video") ? "video" : "audio")
      media.muted = true
      media.src = URL.createObjectURL(new Blob([binary], { type: mediaType }))
      await new Promise((resolve, reject) => {
        media.addEventListener("ended", resolve)
        media.addEventListener("error", () => reject(new Error(media.error?.message ?? "cannot play")))
        media.playbackRate = 8
        media.play().catch(reject)
      })
      return { seconds: media.currentTime, width: (media as HTMLVideoElement).videoWidth ?? 0 }
    },
    [bytes.toString("base64"), type] as const,
  )
}

/** How much a recording's line on the page says is sealed, in bytes, to within the digits that it shows. */
export function sealedBytes(line: string): { readonly atLeast: number } {
  const said = line.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace("٫", ".")
  const [, number = "0", unit = ""] = /· ([\d.]+) (کیلو|مگا)?بایت/.exec(said) ?? []
  const scale = unit === "مگا" ? 1_000_000 : unit === "کیلو" ? 1_000 : 1
  // Half of the last digit was rounded up at most.
  const digit = number.includes(".") ? 0.1 : 1
  return { atLeast: (Number(number) - digit * 0.51) * scale }
}

/** Names of all files that the page keeps, joined. */
export async function storedNames(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names.sort().join(" ")
  })
}

/** A file of so many bytes that begins as a WebM does. */
export function webmOf(bytes: number): Buffer {
  const file = Buffer.alloc(bytes, 0x5a)
  Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d", "hex").copy(file)
  return file
}

export const photoPath: string = join(
  import.meta.dirname,
  "../samples/saravan-2021/media/A01-tehran-poster.jpg",
)

/** Taps *seal and keep*. */
export const keep = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "مُهر کن و نگه دار", exact: true }).click()
/** Waits until the page says that it is kept. */
export const kept = (page: Page): Promise<void> =>
  page.getByRole("heading", { name: "این گوشی دیگر نمی‌تواند بازش کند" }).waitFor()
