import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Command, UsageError } from "../command.ts"
import { lookIntoFolder } from "../field-home.ts"
import { animatedPage } from "../qr/page.ts"
import { pictureOf } from "../qr/picture.ts"
import { framesOf } from "../qr/source.ts"
import { unitPassphraseOption } from "../unit-passphrase.ts"

export const qrShow: Command = {
  positionals: ["SOURCE"],
  options: {
    "passphrase-file": unitPassphraseOption,
    out: {
      kind: "value",
      takes: "PAGE.html",
      help: "a page that shows them in a loop; opens without network",
    },
    images: { kind: "value", takes: "DIR", help: "one PNG picture a frame, to print or to film" },
    text: { kind: "value", takes: "FILE", help: "the frames as text, one a line" },
  },
  run: async (args, context) => {
    const [page, folder, text] = [args.value("out"), args.value("images"), args.value("text")]
    if (page === null && folder === null && text === null) {
      throw new UsageError("say where to: --out PAGE.html, --images DIR or --text FILE")
    }
    const { loops, what } = await framesOf(args.positionals[0] as string, context.primitives, (unit) =>
      lookIntoFolder(unit, args, context),
    )
    const frames = loops.flat()
    if (page !== null) await writeFile(page, animatedPage(loops), { flag: "wx" })
    if (text !== null) await writeFile(text, `${frames.join("\n")}\n`, { flag: "wx" })
    if (folder !== null) {
      await mkdir(folder, { recursive: true })
      for (const [i, frame] of frames.entries()) {
        await writeFile(join(folder, `${String(i).padStart(5, "0")}.png`), pictureOf(frame), { flag: "wx" })
      }
    }
    context.print(
      `${frames.length} pictures carry ${what}; whoever films most of them, in any order, has it.`,
    )
  },
}
