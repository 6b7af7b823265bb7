import { type Command, FoundWanting } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const deskPublish: Command = {
  positionals: ["NAME"],
  options: { ...deskOptions, check: { kind: "flag", help: "only show what is missing" } },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const id = args.positionals[0] as string
      const checks = await desk.checklist(id)
      for (const check of checks)
        context.print(check.ok ? `ok       ${check.rule}` : `MISSING  ${check.rule}: ${check.why}`)
      if (args.flag("check")) return
      if (checks.some((check) => !check.ok))
        throw new FoundWanting("not published: see what is missing above")
      const { revision } = await desk.publish(id)
      context.print(`Published ${id}, revision ${revision}. It appears with the next "govah archive build".`)
    }),
}
