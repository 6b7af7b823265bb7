import { fromBase64Url } from "@govah/core/bytes"
import { keyWords } from "@govah/core/card"
import { type Command, UsageError } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"
import { wordLines } from "../key-words.ts"

export const fieldWords: Command = {
  positionals: [],
  options: fieldOptions,
  run: async (args, context) => {
    const enrolment = await (await existingHome(args, context)).enrolment()
    if (enrolment === null)
      throw new UsageError("this place belongs to no desk yet. Enrol first: govah field enrol")
    const { card, seed } = enrolment
    context.print(`The desk "${card.name}", as in its archive and on its printed pages:`)
    for (const line of wordLines(keyWords("desk", fromBase64Url(card.key) as Uint8Array)))
      context.print(`  ${line}`)
    context.print("This unit, for the desk to confirm:")
    for (const line of wordLines(keyWords("unit", await context.primitives.publicKey(seed))))
      context.print(`  ${line}`)
  },
}
