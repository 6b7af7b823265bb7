import { parseArgs } from "node:util"
import { type Arguments, type Command, type Context, UsageError } from "./command.ts"
import { type Verb, verbs } from "./commands.ts"
import { explain } from "./explain.ts"

/**
 * Runs one command line.
 *
 * @param argv - words after the program's name.
 * @param complain - takes the one line that says what is wrong.
 * @returns the exit code: 0 done, 1 not done or found wanting, 2 the command line is wrong.
 */
export async function run(
  argv: readonly string[],
  context: Context,
  complain: (line: string) => void,
): Promise<number> {
  try {
    if (argv.length === 0 || argv[0] === "help" || argv[0] === "--help") {
      for (const line of overview()) context.print(line)
      return 0
    }
    const verb = findVerb(argv)
    const rest = argv.slice(verb.words.length)
    const command = await verb.load()
    if (rest.includes("--help")) {
      for (const line of helpOf(verb, command)) context.print(line)
      return 0
    }
    await command.run(parseArguments(verb, command, rest), context)
    return 0
  } catch (error) {
    complain(`govah: ${explain(error)}`)
    return error instanceof UsageError ? 2 : 1
  }
}

function findVerb(argv: readonly string[]): Verb {
  const matching = verbs
    .filter((verb) => verb.words.every((word, i) => argv[i] === word))
    .sort((a, b) => b.words.length - a.words.length)
  const best = matching[0]
  if (best !== undefined) return best
  const room = verbs.filter((verb) => verb.words[0] === argv[0])
  if (room.length > 0) {
    const second = room.map((verb) => verb.words.slice(1).join(" ")).filter((words) => words !== "")
    throw new UsageError(
      `"${argv.slice(0, 2).join(" ")}" is not a command. After "${argv[0]}" comes one of: ${second.join(", ")}`,
    )
  }
  throw new UsageError(`"${argv[0]}" is not a command. "govah help" lists them`)
}

function parseArguments(verb: Verb, command: Command, rest: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      {
        type: option.kind === "flag" ? ("boolean" as const) : ("string" as const),
        multiple: option.kind !== "flag",
      },
    ]),
  )
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: unambiguous(command, rest), options, allowPositionals: true, strict: true })
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(". ")[0] as string) : "bad arguments"
    throw new UsageError(`${said}. "govah ${verb.words.join(" ")} --help" lists the options`)
  }
  // A last name that ends in "…" stands for one or more.
  const wanted = command.positionals.length
  const several = command.positionals.at(-1)?.endsWith("…") === true
  if (parsed.positionals.length < wanted || (parsed.positionals.length > wanted && !several)) {
    throw new UsageError(`usage: ${usageOf(verb, command)}`)
  }
  const all = (name: string): readonly string[] => {
    const value = parsed.values[name]
    return Array.isArray(value) ? (value as string[]) : []
  }
  const one = (name: string): string | null => {
    const values = all(name)
    if (values.length > 1) throw new UsageError(`--${name} is given more than once`)
    return values[0] ?? null
  }
  return {
    positionals: parsed.positionals,
    values: all,
    value: one,
    required: (name) => {
      const value = one(name)
      if (value === null) throw new UsageError(`--${name} is missing: ${command.options[name]?.help ?? ""}`)
      return value
    },
    flag: (name) => parsed.values[name] === true,
  }
}

// Keys and capabilities are random text, and one in 64 begins with a dash. There are no one-letter options here, so a
// word with one dash is always a value or a positional argument.
function unambiguous(command: Command, rest: readonly string[]): string[] {
  const isOption = (word: string): boolean =>
    word.startsWith("--") && command.options[word.slice(2).split("=")[0] ?? ""] !== undefined
  const options: string[] = []
  const positionals: string[] = []
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string
    const next = rest[i + 1]
    const takesValue =
      isOption(word) && !word.includes("=") && command.options[word.slice(2)]?.kind !== "flag"
    if (takesValue && next !== undefined && !isOption(next)) {
      options.push(`${word}=${next}`)
      i++
    } else if (word === "--") {
      positionals.push(...rest.slice(i + 1))
      break
    } else if (word.startsWith("--")) options.push(word)
    else positionals.push(word)
  }
  return [...options, "--", ...positionals]
}

function usageOf(verb: Verb, command: Command): string {
  const words = ["govah", ...verb.words, ...command.positionals]
  return `${words.join(" ")}${Object.keys(command.options).length > 0 ? " [options]" : ""}`
}

function helpOf(verb: Verb, command: Command): readonly string[] {
  const lines = [usageOf(verb, command), "", `  ${verb.summary}`, ""]
  for (const [name, option] of Object.entries(command.options)) {
    const left = option.takes === undefined ? `--${name}` : `--${name} ${option.takes}`
    lines.push(`  ${left.padEnd(28)} ${option.help}`)
  }
  return lines
}

function overview(): readonly string[] {
  const lines = ["govah carries what was seen, sealed, from a witness to the world.", ""]
  for (const verb of verbs) lines.push(`  govah ${verb.words.join(" ").padEnd(18)} ${verb.summary}`)
  lines.push("", '"govah COMMAND --help" explains one command.')
  return lines
}
