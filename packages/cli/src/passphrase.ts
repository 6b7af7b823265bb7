import { readFile } from "node:fs/promises"
import { type Arguments, type Context, type Option, UsageError } from "./command.ts"

/** The option that every command on a desk shares. */
export const passphraseOption: Option = {
  kind: "value",
  takes: "FILE",
  help: "file whose first line is the desk's passphrase (else GOVAH_PASSPHRASE, else you are asked)",
}

/**
 * The desk's passphrase: from a file, the environment, or the person.
 *
 * It is never taken as an argument: arguments show in the list of processes.
 *
 * @throws UsageError where nobody can be asked.
 */
export async function readPassphrase(args: Arguments, context: Context): Promise<string> {
  const file = args.value("passphrase-file")
  if (file !== null) return ((await readFile(file, "utf8")).split("\n")[0] as string).trimEnd()
  const fromEnvironment = context.env.GOVAH_PASSPHRASE
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment
  const asked = await context.askSecret("Passphrase of the desk: ")
  if (asked === null) throw new UsageError("the desk's passphrase is needed: give --passphrase-file FILE")
  return asked
}
