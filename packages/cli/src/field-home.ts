import { stat } from "node:fs/promises"
import { createFieldHome, folderLockOf } from "@govah/field/node"
import type { FieldHome } from "@govah/field"
import { type Arguments, type Context, type Option, UsageError } from "./command.ts"
import { readUnitPassphrase, unitPassphraseOption } from "./unit-passphrase.ts"
import { waysOf } from "./ways.ts"

/** Options of every command of the field. */
export const fieldOptions: Readonly<Record<string, Option>> = {
  home: { kind: "value", takes: "DIR", help: "the unit's folder (default: govah-field)" },
  "passphrase-file": unitPassphraseOption,
}

/** The unit's folder as the person named it. */
export function fieldFolder(args: Arguments): string {
  return args.value("home") ?? "govah-field"
}

/** Opens a unit's folder that is there. @throws UsageError where it is not: a mistyped name must not make a new unit. */
export async function existingHome(args: Arguments, context: Context): Promise<FieldHome> {
  const folder = fieldFolder(args)
  const found = await stat(folder).catch(() => null)
  if (found === null) {
    throw new UsageError(`${folder} is not there. Enrol first: govah field enrol INVITATION --home ${folder}`)
  }
  return await openFolder(folder, args, context)
}

/** Opens a unit's folder, with the person's passphrase where it is locked. @throws UsageError, LockError. */
export async function openFolder(folder: string, args: Arguments, context: Context): Promise<FieldHome> {
  const form = await (await folderLockOf(folder)).form()
  const passphrase =
    form === "locked" ? await readUnitPassphrase(args.value("passphrase-file"), context) : null
  return await createFieldHome(folder, waysOf(args), passphrase)
}

/** Today in UTC, YYYY-MM-DD. */
export function today(context: Context): string {
  return context.now().toISOString().slice(0, 10)
}
