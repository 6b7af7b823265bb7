import { type Desk, openDesk } from "@govah/desk"
import type { Arguments, Context, Option } from "./command.ts"
import { waysOf } from "./ways.ts"
import { passphraseOption, readPassphrase } from "./passphrase.ts"

/** Options of every command that opens a desk. */
export const deskOptions: Readonly<Record<string, Option>> = {
  desk: { kind: "value", takes: "DIR", help: "the desk's folder (default: govah-desk)" },
  "passphrase-file": passphraseOption,
}

/** The desk's folder as the person named it. */
export function deskFolder(args: Arguments): string {
  return args.value("desk") ?? "govah-desk"
}

/** Unlocks the desk, does the work, and locks it again whatever happens. */
export async function withDesk<T>(
  args: Arguments,
  context: Context,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  const deps = { ...context, ways: waysOf(args) }
  const desk = await openDesk(deskFolder(args), await readPassphrase(args, context), deps)
  try {
    return await work(desk)
  } finally {
    desk.close()
  }
}
