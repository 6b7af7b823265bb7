import { writeFile } from "node:fs/promises"
import { shortenInvitation } from "@govah/core/card"
import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { refuseExisting } from "../refuse-existing.ts"
import { writeQr } from "../qr.ts"
import { animatedPage } from "../qr/page.ts"
import { framesOf } from "../qr/source.ts"

export const deskInvite: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    label: { kind: "value", takes: "WORDS", help: "what you call this unit among yourselves; never sent" },
    short: {
      kind: "flag",
      help: "print a short text that names the card by hash; the card goes by another way",
    },
    qr: {
      kind: "value",
      takes: "FILE",
      help: "also as a QR code: FILE.svg, or whole as moving ones: FILE.html",
    },
  },
  run: async (args, context) => {
    const qr = args.value("qr")
    if (qr !== null) await refuseExisting(qr, "No invitation was made")
    await withDesk(args, context, async (desk) => {
      const { text, shortText, lastDay } = await desk.invite(args.value("label") ?? "")
      if (qr?.endsWith(".html") === true) {
        const page = animatedPage((await framesOf(text, context.primitives)).loops)
        await writeFile(qr, page, { flag: "wx", mode: 0o600 })
      } else if (qr !== null) await writeQr(qr, shortText)
      context.print(args.flag("short") ? await shortenInvitation(text, context.primitives) : text)
      context.print(`Hand it over face to face; it works once, until ${lastDay}.`)
      if (args.flag("short"))
        context.print("The card that it names: govah desk card > card.txt. Anybody may carry that.")
      if (qr !== null)
        context.print(
          qr.endsWith(".html")
            ? `As moving QR codes, whole: ${qr}`
            : `As a QR code, for this intake term alone: ${qr}`,
        )
    })
  },
}
