import { type Arguments, type Context, type Option, UsageError } from "./command.ts"

/** Options of everything that a desk says to all. */
export const saidOptions: Readonly<Record<string, Option>> = {
  text: { kind: "value", takes: "WORDS", help: "what is said, in your words; everybody reads it" },
  until: { kind: "value", takes: "DAY", help: "the last day on which it stands, such as 2026-03-01" },
  end: { kind: "value", takes: "ID", help: "end one that stands, instead" },
}

/** The last day on which something stands: as the person said, or so many days from now. @throws UsageError */
export function untilDay(args: Arguments, context: Context, days: number): string {
  return args.value("until") === null ? dayFrom(context, days) : dayOf(args, "until")
}

/** A day that an option names. @throws UsageError */
export function dayOf(args: Arguments, name: string): string {
  const text = args.required(name)
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) {
    throw new UsageError(`--${name} is a day, such as 2026-03-01`)
  }
  return text
}

/** A day so many days from today (UTC), or before it. */
export function dayFrom(context: Context, days: number): string {
  return new Date(context.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** One that stands, to be ended. @throws UsageError for one that does not. */
export function standing<T extends { readonly until: string }>(
  said: ReadonlyMap<string, T>,
  id: string,
  context: Context,
): T {
  const found = said.get(id)
  if (found === undefined || found.until < dayFrom(context, 0)) {
    const ids = [...said].filter(([, one]) => one.until >= dayFrom(context, 0)).map(([name]) => name)
    throw new UsageError(`${id} does not stand. These do: ${ids.length === 0 ? "none" : ids.join(", ")}`)
  }
  return found
}
