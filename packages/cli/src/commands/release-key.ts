import { formatVerifierKey } from "@govah/core/log"
import type { Command } from "../command.ts"
import { makeKeyFile } from "../release/key-file.ts"

export const releaseKey: Command = {
  positionals: ["FILE"],
  options: {
    name: {
      kind: "value",
      takes: "NAME",
      help: "whose key it is: a name without spaces, e.g. example.org/release-1",
    },
  },
  run: async (args, context) => {
    const key = await makeKeyFile(args.positionals[0] as string, args.required("name"), context.primitives)
    context.print(formatVerifierKey(key))
  },
}
