import type { SaidToAll } from "@govah/field"
import type { Context } from "./command.ts"

/** Prints warnings: before all else. */
export function sayWarnings({ warnings }: SaidToAll, context: Context): void {
  for (const { kind, day, subject, words } of warnings) {
    context.print(`WARNING (${kind}${subject === null ? "" : ` ${subject}`}, ${day}): ${words}`)
  }
}

/** Prints a reply of the desk, once: nothing here can read it again. */
export function sayReply(words: string, context: Context): void {
  context.print("The desk replies (shown once, kept nowhere):")
  for (const line of words.split("\n")) context.print(`  ${line}`)
}

/** Prints bulletins and calls. */
export function sayBulletins({ bulletins, calls }: SaidToAll, context: Context): void {
  for (const { day, title, words } of bulletins) {
    context.print(`${day}  ${title}`)
    for (const line of words.split("\n")) context.print(`  ${line}`)
  }
  for (const { call, material } of calls) {
    const places = call.places.length === 0 ? "everywhere" : call.places.join(", ")
    context.print(
      `${call.from}${call.to === null ? "" : ` to ${call.to}`}  ${call.action}, ${places}: ${call.title}`,
    )
    for (const line of call.words.split("\n")) context.print(`  ${line}`)
    if (material.length > 0)
      context.print(
        `  Something comes with it (${call.material?.type}, ${material.length} bytes): --material DIR writes it`,
      )
  }
}
