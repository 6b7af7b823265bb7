import { readFile } from "node:fs/promises"
import { fromBase64Url } from "@govah/core/bytes"
import { keyWords, openCard } from "@govah/core/card"
import { proposeWitnessWords, readWitnessWords } from "@govah/core/witness"
import { becomeWitness } from "@govah/field/node"
import { type Arguments, type Command, type Context, UsageError } from "../command.ts"
import { fieldFolder, fieldOptions, openFolder } from "../field-home.ts"
import { wordLines } from "../key-words.ts"

export const fieldWitness: Command = {
  positionals: ["CARD"],
  options: {
    ...fieldOptions,
    back: { kind: "flag", help: "come back with your seven words; you are asked for them" },
    "words-file": {
      kind: "value",
      takes: "FILE",
      help: "come back with the words in this file, which also stays on this disk until you remove it",
    },
    once: { kind: "flag", help: "without words: nobody can come back, and nobody finds you again" },
    language: { kind: "value", takes: "fa|en", help: "of the words that are proposed (default: en)" },
  },
  run: async (args, context) => {
    const given = args.positionals[0] as string
    const text = (/(^|#)govah-/.test(given) ? given : await readFile(given, "utf8")).replace(/\s+/g, "")
    // Read before a folder is made: a wrong card or word leaves nothing behind.
    const card = await openCard(text.replace(/^.*#/, ""), context.primitives)
    const words = await chooseWords(args, context)
    const home = await openFolder(fieldFolder(args), args, context)
    await becomeWitness(home, text, words.text, words.isBack)
    context.print(`The card says "${card.name}". Compare its six words with printed ones:`)
    for (const line of wordLines(keyWords("desk", fromBase64Url(card.key) as Uint8Array)))
      context.print(`  ${line}`)
    if (words.isBack) {
      context.print("Now look what is under your words: govah field check")
      return
    }
    if (words.text !== null) {
      context.print("Your seven words, shown this once:")
      context.print(`  ${words.text}`)
      context.print(
        "With the card and these words you can come back from any machine. Whoever has them reads what is " +
          "answered to you, sees how many reports arrived, and can write in your place; your reports they cannot open.",
      )
    }
    context.print(
      "What you keep is sealed at once. They do not know who you are. The folder itself is locked by: govah field lock",
    )
  },
}

async function chooseWords(
  args: Arguments,
  context: Context,
): Promise<{ readonly text: string | null; readonly isBack: boolean }> {
  const file = args.value("words-file")
  const isBack = args.flag("back") || file !== null
  if (args.flag("once")) {
    if (isBack) throw new UsageError("--once is for whoever does not come back: leave it out")
    return { text: null, isBack: false }
  }
  if (!isBack) {
    const language = args.value("language") ?? "en"
    if (language !== "fa" && language !== "en") throw new UsageError("--language is fa or en")
    return { text: (await proposeWitnessWords(language, context.primitives)).join(" "), isBack: false }
  }
  const typed = file === null ? await context.askSecret("Your seven words: ") : await readFile(file, "utf8")
  if (typed === null) throw new UsageError("your words are needed: give --words-file FILE")
  return { text: await readWitnessWords(typed), isBack: true }
}
