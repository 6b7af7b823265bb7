import { writeFile } from "node:fs/promises"
import { stickName, veil } from "@govah/core/veil"
import { type Command, FoundWanting } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"

export const fieldProof: Command = {
  positionals: [],
  options: {
    ...fieldOptions,
    out: {
      kind: "value",
      takes: "FILE",
      help: "where to write it (default: a name that says nothing, here)",
    },
  },
  run: async (args, context) => {
    const home = await existingHome(args, context)
    const proof = await home.proof()
    if (proof === null)
      throw new FoundWanting("nothing is kept as proof here: no word of the desk was refused")
    const path = args.value("out") ?? `${stickName(context.primitives)}.bin`
    await writeFile(path, await veil(proof, context.primitives), { flag: "wx" })
    context.print(
      `Kept as proof and saved, veiled: ${path}. It names the desk. Give it to somebody whom you trust;`,
    )
    context.print("they look at it with: govah feed proof FILE")
  },
}
