import { type Command, UsageError } from "../command.ts"
import { existingHome, fieldOptions } from "../field-home.ts"

export const fieldForget: Command = {
  positionals: [],
  options: fieldOptions,
  run: async (args, context) => {
    const home = await existingHome(args, context)
    const enrolment = await home.enrolment()
    if (enrolment === null) throw new UsageError("nobody is enrolled here")
    if (enrolment.invitation !== null) {
      throw new UsageError(
        "a unit is enrolled here, and has no words to come back with. Nothing was forgotten",
      )
    }
    await home.forgetWitness()
    const waiting = (await home.outbox.list()).filter(({ state }) => state === "kept").length
    context.print("The witness is forgotten here.")
    if (waiting > 0)
      context.print(
        `${waiting} sealed reports stay, and are sent when the same desk's card is read here again.`,
      )
  },
}
