import type { ClaimInput, ReportInput } from "@govah/field"
import type { FileAttachment } from "@govah/field/node"
import { ACTION_KINDS, BASES, CONSENTS, GROUPS, MEASURES, PLACE_PRECISIONS } from "@govah/core/report"
import { type Arguments, type Option, UsageError } from "./command.ts"

/** What can be said on the command line. */
export const reportOptions: Readonly<Record<string, Option>> = {
  text: { kind: "value", takes: "WORDS", help: "what happened, in your words" },
  language: { kind: "value", takes: "CODE", help: "language of the words, such as fa" },
  place: { kind: "value", takes: "NAME", help: "where" },
  province: { kind: "value", takes: "NAME", help: "the province: many towns share a name" },
  precision: { kind: "value", takes: "KIND", help: PLACE_PRECISIONS.join(", ") },
  at: { kind: "value", takes: "DATE", help: 'when: 2021-02-22, "about 1399-12-04", 2021-02-22..2021-02-25' },
  basis: { kind: "value", takes: "KIND", help: `how you know: ${BASES.join(", ")}` },
  claim: {
    kind: "values",
    takes: "WORDS",
    help: '"MEASURE [at-least|about|exactly] [NUMBER] [GROUP]", e.g. "killed at-least 10 protester"',
  },
  action: { kind: "value", takes: "KIND", help: `an action that you did or saw: ${ACTION_KINDS.join(", ")}` },
  campaign: { kind: "value", takes: "NAME", help: "the campaign that the action belongs to" },
  publish: {
    kind: "value",
    takes: "KIND",
    help: `what may be published: ${CONSENTS.join(", ")} (default: nothing)`,
  },
  "not-before": { kind: "value", takes: "DATE", help: "nothing is published before this day" },
}

/** Files that go with a report. */
export const attachmentOptions: Readonly<Record<string, Option>> = {
  photo: { kind: "values", takes: "FILE", help: "a photograph; may be repeated" },
  video: { kind: "values", takes: "FILE", help: "a video; may be repeated" },
  sound: { kind: "values", takes: "FILE", help: "a recording; may be repeated" },
  file: { kind: "values", takes: "FILE", help: "anything else; may be repeated" },
}

/** Whether the command line holds a report at all, or only asks to send what waits. */
export function saysSomething(args: Arguments): boolean {
  const names = [...Object.keys(reportOptions), ...Object.keys(attachmentOptions)]
  return names.some((name) => args.values(name).length > 0)
}

/** The report on the command line. @throws UsageError for a word that is not in its list. */
export function toldReport(args: Arguments): ReportInput {
  const place = args.value("place")
  const precision = oneOf(args, "precision", PLACE_PRECISIONS)
  const action = oneOf(args, "action", ACTION_KINDS)
  const publish = oneOf(args, "publish", CONSENTS)
  const basis = oneOf(args, "basis", BASES)
  const text = args.value("text")
  const language = args.value("language")
  return {
    ...(text === null ? {} : { text }),
    ...(language === null ? {} : { language }),
    place:
      place === null
        ? null
        : { name: place, province: args.value("province"), ...(precision === null ? {} : { precision }) },
    at: args.value("at"),
    ...(basis === null ? {} : { basis }),
    claims: args.values("claim").map(parseClaim),
    action: action === null ? null : { kind: action, campaign: args.value("campaign") },
    ...(publish === null ? {} : { consent: { publish, notBefore: args.value("not-before") } }),
  }
}

/** The files on the command line, in the order of their kinds. */
export function toldAttachments(args: Arguments): readonly FileAttachment[] {
  return (["photo", "video", "sound", "file"] as const).flatMap((kind) =>
    args.values(kind).map((path): FileAttachment => ({ path, kind })),
  )
}

function parseClaim(words: string): ClaimInput {
  const [measure, ...rest] = words.trim().split(/\s+/)
  const bound = (["at-least", "about", "exactly"] as const).find((known) => rest.includes(known))
  const group = GROUPS.find((known) => rest.includes(known))
  const number = rest.find((word) => /^\d{1,8}$/.test(word))
  const known = MEASURES.find((one) => one === measure)
  const unknown = rest.filter((word) => word !== bound && word !== group && word !== number)
  if (known === undefined) throw new UsageError(`a claim begins with one of ${MEASURES.join(", ")}`)
  if (unknown.length > 0)
    throw new UsageError(`a claim has ${unknown.length} words that are not understood; see --help`)
  return {
    measure: known,
    low: number === undefined ? null : Number(number),
    ...(bound === undefined ? {} : { bound }),
    ...(group === undefined ? {} : { group }),
  }
}

function oneOf<T extends string>(args: Arguments, option: string, known: readonly T[]): T | null {
  const value = args.value(option)
  if (value === null) return null
  const found = known.find((one) => one === value)
  if (found === undefined) throw new UsageError(`--${option} is one of ${known.join(", ")}`)
  return found
}
