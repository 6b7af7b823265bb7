import { open } from "node:fs/promises"
import { utf8Bytes } from "@govah/core/bytes"
import { REPAIR_PERCENT } from "@govah/core/pack"
import type { Desk } from "@govah/desk"
import { findFiles, type SourceFile } from "../broadcast/pack-files.ts"
import { sendCarousel } from "../broadcast/send.ts"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const broadcast: Command = {
  positionals: ["FILE…"],
  options: {
    ...deskOptions,
    out: { kind: "value", takes: "FILE", help: "write to a file; without it, to standard output" },
    passes: { kind: "value", takes: "N", help: "stop after N turns (default: never)" },
    bytes: { kind: "value", takes: "N", help: "stop after N bytes (default: never)" },
    repair: { kind: "value", takes: "PERCENT", help: `repair for 100 of data (default: ${REPAIR_PERCENT})` },
  },
  run: async (args, context) => {
    const [passes, bytes] = [countOf(args, "passes", 1_000_000), countOf(args, "bytes", 2 ** 50)]
    const repairPercent = countOf(args, "repair", 400) ?? REPAIR_PERCENT
    const out = args.value("out")
    if (out !== null && passes === null && bytes === null) {
      throw new UsageError("a file must end somewhere: say --passes N or --bytes N")
    }
    const files = await findFiles(args.positionals)
    await withDesk(args, context, async (desk) => {
      const handle = out === null ? null : await open(out, "wx")
      try {
        const write = async (frame: Uint8Array): Promise<void> =>
          handle === null ? await context.write(frame) : await handle.writeFile(frame)
        const carousel = {
          files: [...(await ofDesk(desk)), ...files],
          repairPercent,
          passes,
          bytes,
          sign: (contents: Parameters<Desk["signPack"]>[0]) => desk.signPack(contents),
          write,
          begun: (cells: number, dataCells: number) =>
            sayBegun(handle !== null, cells, dataCells, desk, context),
          signal: context.signal,
        }
        await sendCarousel(carousel, context.primitives)
      } finally {
        await handle?.close()
      }
    })
  },
}

// Whoever records it can enrol by a short invitation, and hears whether reports have arrived.
async function ofDesk(desk: Desk): Promise<readonly SourceFile[]> {
  const { number } = await desk.makeFeed()
  return [
    { name: "desk/card.txt", from: utf8Bytes(await desk.card()) },
    { name: `desk/feed-${number}.bin`, from: await desk.feedFile(number) },
  ]
}

// Standard output is the stream itself when there is no file.
function sayBegun(toFile: boolean, cells: number, dataCells: number, desk: Desk, context: Context): void {
  if (!toFile) return
  context.print(`${dataCells} cells of data and ${cells - dataCells} for repair a turn.`)
  context.print(`Whoever records it needs the desk's key: ${desk.key}`)
}

function countOf(args: Arguments, name: string, most: number): number | null {
  const text = args.value(name)
  if (text === null) return null
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > most) {
    throw new UsageError(`--${name} is a whole number from 1 to ${most}`)
  }
  return count
}
