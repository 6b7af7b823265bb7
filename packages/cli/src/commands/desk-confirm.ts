import { fromBase64Url } from "@govah/core/bytes"
import { keyWords, parseKeyWords } from "@govah/core/card"
import type { Desk } from "@govah/desk"
import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"
import { wordLines } from "../key-words.ts"

export const deskConfirm: Command = {
  positionals: ["UNIT"],
  options: deskOptions,
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const unit = unitSaid(desk, args.positionals[0] as string)
      await desk.act({ kind: "confirmed-unit", unit })
      context.print(`The unit ${unit.slice(0, 8)} is known. Others that used its invitation stay contested.`)
      for (const line of wordLines(wordsOf(unit))) context.print(line)
    }),
}

function unitSaid(desk: Desk, said: string): string {
  const standings = [...desk.state().unitStandingByKey]
  const numbers = parseKeyWords(said)?.join(" ")
  // Words are looked for among the contested alone: they are dear to compute, and nobody else needs them.
  const found =
    numbers === undefined
      ? standings.filter(([key]) => said.length >= 6 && key.startsWith(said))
      : standings.filter(
          ([key, standing]) => standing === "contested" && wordsOf(key).numbers.join(" ") === numbers,
        )
  const [unit] = found
  if (unit === undefined || found.length > 1) {
    throw new UsageError(
      "no contested unit has these words. Nothing was confirmed; ask the person to read them again: govah field words",
    )
  }
  return unit[0]
}

function wordsOf(unit: string): ReturnType<typeof keyWords> {
  return keyWords("unit", fromBase64Url(unit) as Uint8Array)
}
