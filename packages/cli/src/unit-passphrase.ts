import { open, readFile } from "node:fs/promises"
import {
  normalisePassphrase,
  passphraseWords,
  proposePassphrase,
  unknownWords,
  wordsFor,
} from "@govah/core/passphrase"
import { type Context, type Option, UsageError } from "./command.ts"

/** The option that every command of the field shares. */
export const unitPassphraseOption: Option = {
  kind: "value",
  takes: "FILE",
  help: "file whose first line is the unit's passphrase, where the folder is locked (else you are asked)",
}

/**
 * The passphrase of a unit's folder: from a file or the person, never from an argument.
 *
 * @throws UsageError where nobody can be asked.
 */
export async function readUnitPassphrase(file: string | null, context: Context): Promise<string> {
  if (file !== null) return firstLine(await readFile(file, "utf8"))
  const asked = await context.askSecret("Passphrase of the unit: ")
  if (asked === null) throw new UsageError("the unit's passphrase is needed: give --passphrase-file FILE")
  return asked
}

/**
 * A new passphrase, drawn by the program: a person's own would be guessed. It is shown and typed once, or written to a file
 * that is not there yet.
 *
 * @param file - where one is there already, its first line, if it is of the words of the lists.
 * @throws UsageError.
 */
export async function newUnitPassphrase(file: string | null, context: Context): Promise<string> {
  const lists = await Promise.all([passphraseWords("en"), passphraseWords("fa")])
  if (file !== null) {
    const there = await readFile(file, "utf8").catch(() => null)
    if (there !== null) {
      const passphrase = firstLine(there)
      const count = normalisePassphrase(passphrase).split(" ").length
      const isStrong = lists.some(
        (list) => count >= wordsFor(list) && unknownWords(passphrase, list).length === 0,
      )
      if (!isStrong)
        throw new UsageError(`${file} holds no passphrase of four proposed words; name a new file`)
      return passphrase
    }
  }
  const passphrase = proposePassphrase(lists[0], wordsFor(lists[0]), context.primitives)
  if (file !== null) {
    await writeNew(file, `${passphrase}\n`)
    return passphrase
  }
  context.print(`Learn these words; nobody can give them back to you:  ${passphrase}`)
  const typed = await context.askSecret("Type them once: ")
  if (typed === null) throw new UsageError("nobody can be asked: give --passphrase-file FILE, a new file")
  if (normalisePassphrase(typed) !== passphrase)
    throw new UsageError("these are other words. Nothing was changed")
  return passphrase
}

function firstLine(text: string): string {
  return (text.split("\n")[0] as string).trimEnd()
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
