import { writeFile } from "node:fs/promises"
import { fromBase64Url } from "@govah/core/bytes"
import { keyWords } from "@govah/core/card"
import type { Desk } from "@govah/desk"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { wordLines } from "../key-words.ts"
import { writeQr } from "../qr.ts"
import { animatedPage } from "../qr/page.ts"
import { framesOf } from "../qr/source.ts"
import { refuseExisting } from "../refuse-existing.ts"

export const deskCard: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    words: { kind: "flag", help: "print the six words that people compare instead" },
    link: { kind: "value", takes: "URL", help: "print a link that brings the card to the field page there" },
    qr: {
      kind: "value",
      takes: "FILE",
      help: "also as a QR code: FILE.svg to print, for this intake term alone; or whole as moving ones: FILE.html",
    },
  },
  run: async (args, context) => {
    const [link, qr] = [args.value("link"), args.value("qr")]
    if (link !== null && !URL.canParse(link)) {
      throw new UsageError("--link is the address of the field page: it looks like https://field.example/")
    }
    if (qr !== null && !/\.(svg|html)$/.test(qr)) throw new UsageError("--qr is FILE.svg or FILE.html")
    if (qr !== null) await refuseExisting(qr, "Nothing was written")
    await withDesk(args, context, async (desk) => {
      if (args.flag("words")) {
        for (const line of wordsOf(desk)) context.print(line)
        return
      }
      const card = await desk.card()
      // What follows a # is sent to no server.
      context.print(link === null ? card : `${link.replace(/#.*$/, "")}#${card}`)
      if (qr === null) return
      if (qr.endsWith(".svg")) await writeQr(qr, await desk.card(1))
      else {
        const page = animatedPage((await framesOf(card, context.primitives)).loops)
        await writeFile(qr, page, { flag: "wx" })
      }
      context.print(`As QR: ${qr}. Beside it print these six words, by which people know that it is yours:`)
      for (const line of wordsOf(desk)) context.print(`  ${line}`)
    })
  },
}

function wordsOf(desk: Desk): readonly string[] {
  return wordLines(keyWords("desk", fromBase64Url(desk.key) as Uint8Array))
}
