import { once } from "node:events"
import { createDeskServer } from "@govah/desk/server"
import { buildArchiveOf } from "../build-archive.ts"
import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { deskPage } from "../network/built-pages.ts"
import { portOf } from "../port.ts"
import { waysOptions } from "../ways.ts"

export const deskServe: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    ...waysOptions,
    port: { kind: "value", takes: "N", help: "port on loopback (default: any free one)" },
    out: { kind: "value", takes: "DIR", help: "where the page builds the archive (default: govah-archive)" },
  },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const folder = args.value("out") ?? "govah-archive"
      const server = await createDeskServer(desk, {
        port: portOf(args, 0),
        staticFolder: await deskPage(context),
        buildArchive: async () => {
          await buildArchiveOf(desk, folder, context)
          return { folder }
        },
      })
      context.print(`The desk is open at ${server.url}`)
      context.print("The address is a key: give it to nobody. Ctrl-C locks the desk.")
      if (!context.signal.aborted) await once(context.signal, "abort")
      await server.close()
    }),
}
