import { stat } from "node:fs/promises"
import { join } from "node:path"
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
  return await createFieldHome(folder, waysOf(args), await passphraseFor(folder, args, context))
}

/**
 * Opens a unit's folder that is there, to look into it alone: for commands that name it among other sources.
 *
 * @throws UsageError where it is no unit's: looking must not make one of it; LockError.
 */
export async function lookIntoFolder(folder: string, args: Arguments, context: Context): Promise<FieldHome> {
  if ((await stat(join(folder, "lock")).catch(() => null)) === null)
    throw new UsageError(`${folder} is not a unit's folder`)
  return await createFieldHome(folder, undefined, await passphraseFor(folder, args, context))
}

/** What opens a folder; null where it needs nothing. */
async function passphraseFor(folder: string, args: Arguments, context: Context): Promise<string | null> {
  const form = await (await folderLockOf(folder)).form()
  return form === "locked" ? await readUnitPassphrase(args.value("passphrase-file"), context) : null
}

/** Today in UTC, YYYY-MM-DD. */
export function today(context: Context): string {
  return context.now().toISOString().slice(0, 10)
}
