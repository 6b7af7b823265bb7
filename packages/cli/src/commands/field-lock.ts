import { folderLockOf } from "@govah/field/node"
import { type Command, UsageError } from "../command.ts"
import { fieldFolder, fieldOptions } from "../field-home.ts"
import { newUnitPassphrase, readUnitPassphrase } from "../unit-passphrase.ts"

export const fieldLock: Command = {
  positionals: [],
  options: {
    ...fieldOptions,
    "new-passphrase-file": {
      kind: "value",
      takes: "FILE",
      help: "write the new passphrase into this file, instead of showing it",
    },
  },
  run: async (args, context) => {
    const lock = await folderLockOf(fieldFolder(args))
    const form = await lock.form()
    if (form !== "open" && form !== "locked") {
      throw new UsageError(
        `${fieldFolder(args)} is no unit's folder. Enrol first: govah field enrol INVITATION`,
      )
    }
    const old = form === "locked" ? await readUnitPassphrase(args.value("passphrase-file"), context) : null
    const next = await newUnitPassphrase(args.value("new-passphrase-file"), context)
    if (old === null) await lock.close(next)
    else await lock.change(old, next)
    context.print("From now on this folder opens with its new passphrase alone.")
    if (old === null)
      context.print(
        "Until now its key lay in it: who copied the folder before this can still read that copy.",
      )
  },
}
