import { type Arguments, UsageError } from "./command.ts"

/** The port that the person asked for. @throws UsageError where it is not one. */
export function portOf(args: Arguments, usual: number, option = "port"): number {
  const text = args.value(option)
  if (text === null) return usual
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--${option} is a number from 0 to 65535`)
  return port
}
