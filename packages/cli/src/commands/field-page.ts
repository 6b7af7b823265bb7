import { once } from "node:events"
import { createFieldServer } from "@govah/field/server"
import type { Command } from "../command.ts"
import { portOf } from "../port.ts"

export const fieldPage: Command = {
  positionals: ["DIR"],
  options: { port: { kind: "value", takes: "N", help: "port on this machine (default: 8790)" } },
  run: async (args, context) => {
    const directory = args.positionals[0] as string
    const server = await createFieldServer({ port: portOf(args, 8790, "port"), directory })
    context.print(`The field app is at ${server.url}/ on this machine, for as long as this runs.`)
    if (!context.signal.aborted) await once(context.signal, "abort")
    await server.close()
  },
}
