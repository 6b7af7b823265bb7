import { writeFile } from "node:fs/promises"
import { type Command, FoundWanting, UsageError } from "../command.ts"
import { readFrames } from "../qr/read.ts"

export const qrRead: Command = {
  positionals: ["FRAMES"],
  options: {
    out: { kind: "value", takes: "FILE", help: "the bundle to write, for a relay or a desk to take" },
  },
  run: async (args, context) => {
    const out = args.value("out")
    const { cells, texts, unread, waiting } = await readFrames(
      args.positionals[0] as string,
      context.primitives,
    )
    if (cells.length > 0 && out === null) {
      throw new UsageError(`these pictures carry ${cells.length} sealed pieces: say where to with --out FILE`)
    }
    if (cells.length > 0) {
      await writeFile(out as string, Buffer.concat(cells), { flag: "wx" })
      context.print(`${cells.length} sealed pieces are in ${out}. Give it to a relay or a desk.`)
    }
    for (const text of texts) context.print(text)
    if (unread > 0) context.print(`${unread} pictures were not read; that is no harm.`)
    const poisoned = waiting.some(({ have, need }) => have >= need)
    if (poisoned)
      context.print("Some pictures are false or were misread; more of the true ones will outdo them.")
    const begun = waiting.map(({ have, need }) => `${have} of ${need}`).join(", ")
    if (begun !== "") {
      throw new FoundWanting(
        `not everything is here (${begun}). Film the rest and read all pictures together`,
      )
    }
    if (cells.length + texts.length === 0) throw new FoundWanting("no QR code of ours is in these pictures")
  },
}
