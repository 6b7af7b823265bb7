import { fromBase64Url } from "@govah/core/bytes"
import { takePacks } from "../broadcast/take.ts"
import { type Arguments, type Command, type Context, FoundWanting, UsageError } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"

export const broadcastTake: Command = {
  positionals: ["RECORDING…"],
  options: {
    ...fieldOptions,
    out: { kind: "value", takes: "DIR", help: "folder to write the files to; nothing in it is overwritten" },
    key: { kind: "value", takes: "KEY", help: "the desk's verify key; without it, that of this unit's desk" },
  },
  run: async (args, context) => {
    const out = args.required("out")
    const packs = await takePacks(args.positionals, await trustedKey(args, context), out, context.primitives)
    for (const { day, written, known, incomplete, taken, missing } of packs) {
      context.print(
        `A pack of ${day}: ${written.length} files written, ${known.length} were here, ${incomplete.length} incomplete.`,
      )
      for (const name of taken) context.print(`${name}: another file lies there and was left alone`)
      if (missing !== null && missing > 0) context.print(`${missing} cells are still missing.`)
    }
    if (packs.length === 0) {
      throw new FoundWanting(
        "nothing in these recordings is signed by this desk. Nothing was written; check the key",
      )
    }
    if (packs.some(({ incomplete, missing }) => missing === null || incomplete.length > 0)) {
      throw new FoundWanting("not everything is here. Record more, and take all recordings together")
    }
  },
}

async function trustedKey(args: Arguments, context: Context): Promise<string> {
  const key = args.value("key")
  if (key === null) {
    const enrolment = await (await existingHome(args, context)).enrolment()
    if (enrolment === null)
      throw new UsageError("this place belongs to no desk yet: give the desk's key with --key")
    return enrolment.card.key
  }
  if (fromBase64Url(key)?.length !== 32) throw new UsageError("--key is a desk's verify key, 43 characters")
  return key
}
