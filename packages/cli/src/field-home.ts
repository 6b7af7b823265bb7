import { stat } from "node:fs/promises"
import { createFieldHome } from "@govah/field/node"
import type { FieldHome } from "@govah/field"
import { type Arguments, type Context, type Option, UsageError } from "./command.ts"
import { waysOf } from "./ways.ts"

/** Options of every command of the field. */
export const fieldOptions: Readonly<Record<string, Option>> = {
  home: { kind: "value", takes: "DIR", help: "the unit's folder (default: govah-field)" },
}

/** The unit's folder as the person named it. */
export function fieldFolder(args: Arguments): string {
  return args.value("home") ?? "govah-field"
}

/** Opens a unit's folder that is there. @throws UsageError where it is not: a mistyped name must not make a new unit. */
export async function existingHome(args: Arguments): Promise<FieldHome> {
  const folder = fieldFolder(args)
  const found = await stat(folder).catch(() => null)
  if (found === null) {
    throw new UsageError(`${folder} is not there. Enrol first: govah field enrol INVITATION --home ${folder}`)
  }
  return await createFieldHome(folder, waysOf(args))
}

/** Today in UTC, YYYY-MM-DD. */
export function today(context: Context): string {
  return context.now().toISOString().slice(0, 10)
}
