import { readFile, writeFile } from "node:fs/promises"
import { gazetteerFromTable, parseGazetteer } from "@govah/field"
import { type Command, UsageError } from "../command.ts"
import { refuseExisting } from "../refuse-existing.ts"

export const gazetteerPack: Command = {
  positionals: ["FILE"],
  options: {
    out: { kind: "value", takes: "FILE", help: "write there; never over another file" },
    title: { kind: "value", takes: "NAME", help: "what it is, as people see it" },
    attribution: { kind: "value", takes: "NAME", help: "who is to be named as its source" },
    licence: { kind: "value", takes: "NAME", help: "what may be done with it" },
    country: { kind: "value", takes: "CODE", help: "whose places they are, two letters (default: IR)" },
  },
  run: async (args, context) => {
    const out = args.required("out")
    const [title, attribution, licence] = [
      args.required("title"),
      args.required("attribution"),
      args.required("licence"),
    ]
    const country = args.value("country") ?? "IR"
    if (!/^[A-Z]{2}$/.test(country)) throw new UsageError("--country takes two capital letters, such as IR")
    await refuseExisting(out, "Nothing was made")
    const name = (language: string): string =>
      new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country
    const table = await readFile(args.positionals[0] as string, "utf8")
    const head = { title, attribution, licence, country, countryNames: [name("fa"), name("en")] as const }
    const text = gazetteerFromTable(table, head)
    await writeFile(out, text, { flag: "wx" })
    const bytes = new TextEncoder().encode(text).length
    context.print(`Written to ${out}: ${parseGazetteer(text).places.length} places, ${bytes} bytes.`)
    context.print(
      "Hand it out as a file. It is not sealed and not signed: whoever has it can read and change it.",
    )
  },
}
