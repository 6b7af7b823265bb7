import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { run } from "@govah/cli"
import { invitationToBytes } from "@govah/core/card"
import { makeFrames } from "@govah/core/frames"
import { decodeJpeg } from "@govah/desk/picture"
import { paintJpeg, plant } from "@govah/desk/testing"
import { codeOf } from "@govah/field/qr"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { freshFolder, makeDesk } from "./field-support.ts"

/** A code as a camera saves it: grey on grey, `scale` pixels a module, and with what a phone writes beside the pixels. */
async function photographed(frame: string, scale: number): Promise<Uint8Array> {
  const code = codeOf(frame)
  const side = code.length * scale
  const jpeg = await paintJpeg(side + 40, side + 60, (x, y) => {
    const isDark = code[Math.floor((y - 30) / scale)]?.[Math.floor((x - 20) / scale)] === true
    return isDark ? [40, 44, 60] : [205, 200, 190]
  })
  return plant(jpeg, { markers: ["exif", "xmp", "icc", "iptc", "comment", "tail"] })
}

async function read(folder: string): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = []
  const context = {
    primitives: p,
    now: () => new Date(),
    env: {},
    print: (line: string) => void lines.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const code = await run(["qr", "read", folder], context, (line) => lines.push(line))
  return { code, lines }
}

test("an invitation crosses as photographs, beside pictures that are damaged, huge or of something else", async () => {
  const folder = join(await freshFolder(), "photos")
  mkdirSync(folder)
  const invitation = await (await makeDesk(["https://relay.example"])).invite()
  const frames = await makeFrames("invitation", invitationToBytes(invitation) as Uint8Array, p)
  const count = Math.ceil(frames.length / 2)
  for (const [i, frame] of frames.slice(0, count).entries())
    writeFileSync(join(folder, `${i}.jpg`), await photographed(frame, 5))
  const first = await photographed(frames[0] as string, 5)
  // The size that the head names, in the two bytes of the height and of the width, at its largest.
  const bomb = Buffer.from(first)
  const sof =
    bomb.indexOf(Buffer.from([0xff, 0xc2])) >= 0
      ? bomb.indexOf(Buffer.from([0xff, 0xc2]))
      : bomb.indexOf(Buffer.from([0xff, 0xc0]))
  bomb.fill(0xff, sof + 5, sof + 9)
  for (const [name, bytes] of [
    ["cut.jpg", first.subarray(0, 3_000)],
    ["bomb.jpg", bomb],
    ["meadow.jpg", await paintJpeg(300, 200, (x, y) => [x % 256, y, 90])],
    ["no.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])],
  ] as const)
    writeFileSync(join(folder, `x-${name}`), bytes)
  await expect(decodeJpeg(bomb, 2_000)).rejects.toMatchObject({ code: "bad-picture" })
  const { code, lines } = await read(folder)
  expect(lines.slice(0, 2)).toEqual([invitation, "4 pictures were not read; that is no harm."])
  expect(code).toBe(0)
})
