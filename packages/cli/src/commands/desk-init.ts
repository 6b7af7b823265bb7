import { createDesk } from "@govah/desk"
import type { Command } from "../command.ts"
import { deskFolder, deskOptions } from "../desk-folder.ts"
import { readPassphrase } from "../passphrase.ts"

export const deskInit: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    name: { kind: "value", takes: "NAME", help: "what the desk is called on its card" },
  },
  run: async (args, context) => {
    const folder = deskFolder(args)
    const name = args.required("name")
    const desk = await createDesk(folder, { name, passphrase: await readPassphrase(args, context) }, context)
    try {
      context.print(`The desk "${desk.name}" is made in ${folder}.`)
      context.print(`Verify key: ${desk.key}`)
      context.print(
        "Without the passphrase the folder opens to nobody, you included. Keep a copy of both, apart.",
      )
    } finally {
      desk.close()
    }
  },
}
