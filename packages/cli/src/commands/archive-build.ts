import type { Command } from "../command.ts"
import { buildArchiveOf } from "../build-archive.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const archiveBuild: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    out: { kind: "value", takes: "DIR", help: "the archive's folder (default: govah-archive)" },
  },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const folder = args.value("out") ?? "govah-archive"
      const built = await buildArchiveOf(desk, folder, context)
      context.print(
        `${built.files} files, ${built.logSize} log entries in ${folder}. Open ${folder}/index.html`,
      )
      context.print(`Log key, to print and compare: ${built.vkey}`)
    }),
}
