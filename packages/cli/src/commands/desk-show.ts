import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { findReport } from "../report-id.ts"

export const deskShow: Command = {
  positionals: ["ID"],
  options: deskOptions,
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const view = await desk.show(await findReport(desk, args.positionals[0] as string))
      context.print(`Report ${view.root}`)
      if (view.signature === "bad")
        context.print("BAD SIGNATURE: somebody other than the named unit wrote it.")
      if (view.unitStanding === "anonymous")
        context.print(
          `From anonymous witness ${view.unit?.slice(0, 6)}, whom nobody invited: reliability F until you know better.`,
        )
      else if (view.unitStanding !== "known")
        context.print(`The unit is ${view.unitStanding ?? "not named"}.`)
      if (view.unreadable !== null)
        context.print(`It cannot be read (${view.unreadable}); the original is kept.`)
      if (view.report !== null) {
        const { basis, consent, place, period, text } = view.report
        context.print(`Knows because: ${basis}. May be published: ${consent.publish}.`)
        if (place !== null) context.print(`Where: ${place.name} (${place.precision})`)
        if (period !== null) {
          const until = period.to === null ? "" : ` to ${period.to}`
          context.print(`When: ${period.about ? "about " : ""}${period.from}${until}`)
        }
        for (const line of ["", text, ""]) context.print(line)
      }
      for (const [index, attachment] of view.attachments.entries()) {
        context.print(
          `Attachment ${index}: ${attachment.type}, ${attachment.bytes} bytes, SHA-256 ${attachment.sha256}`,
        )
      }
      for (const step of view.custody) {
        const from = step.from === null ? "" : ` from ${step.from}`
        context.print(`${new Date(step.atMs).toISOString()}  ${step.what}${from}`)
      }
    }),
}
