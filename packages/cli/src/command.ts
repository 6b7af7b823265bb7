import type { Primitives } from "@govah/core/primitives"

/** What a command may touch: the world, handed in by the shell (or by a test). */
export interface Context {
  readonly primitives: Primitives
  now(): Date
  /** Environment variables, read only. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Prints one line for the person. */
  print(line: string): void
  /** Raw bytes to standard output, for `desk open`; they are the caller's again when it returns. */
  write(bytes: Uint8Array): Promise<void>
  /** Asks for a secret without showing it; null where nobody can answer. */
  askSecret(question: string): Promise<string | null>
  /** Aborted when the person presses Ctrl-C or the process is told to end. */
  readonly signal: AbortSignal
}

/** An option of a command. */
export interface Option {
  /** `value` takes an argument, `values` may be repeated, `flag` takes none. */
  readonly kind: "value" | "values" | "flag"
  /** What the argument is, for the help: `DIR`, `URL`. */
  readonly takes?: string
  readonly help: string
}

/** Parsed arguments. */
export interface Arguments {
  /** The one value of an option, or null. */
  value(name: string): string | null
  /** The one value of an option. @throws UsageError where it is missing. */
  required(name: string): string
  values(name: string): readonly string[]
  flag(name: string): boolean
  readonly positionals: readonly string[]
}

/** What one verb of `govah` takes and does. Its name and summary stand in `commands.ts`. */
export interface Command {
  /** Names of positional arguments, all required; a last one that ends in "…" may be repeated. */
  readonly positionals: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  run(args: Arguments, context: Context): Promise<void>
}

/** The command line itself is wrong. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError"
}

/** A command that ran and found the thing asked about wanting (a check that fails). Exit code 1. */
export class FoundWanting extends Error {
  override readonly name = "FoundWanting"
}
