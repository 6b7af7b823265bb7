import { verifyArchive } from "@govah/archive"
import { type Command, FoundWanting } from "../command.ts"

export const archiveVerify: Command = {
  positionals: ["DIR"],
  options: {
    key: { kind: "value", takes: "VKEY", help: "the log's key, from somewhere you trust (a printed page)" },
  },
  run: async (args, context) => {
    const key = args.value("key")
    const verdict = await verifyArchive(args.positionals[0] as string, key === null ? {} : { vkey: key })
    for (const check of verdict.checks) {
      if (check.result === "fail") context.print(`${check.path ?? check.name}: ${check.why}`)
    }
    if (!verdict.ok) {
      throw new FoundWanting(
        `this copy is NOT as it was published. Changed: ${verdict.failed.join(", ") || "see above"}. Get another copy`,
      )
    }
    const passed = verdict.checks.filter((check) => check.result === "pass").length
    const edition =
      verdict.edition === null ? "" : `Edition ${verdict.edition.number}, ${verdict.edition.made}. `
    context.print(
      `This copy is as it was published. ${edition}${passed} checks pass, ${verdict.logSize} log entries.`,
    )
    if (verdict.keySource === "folder") {
      context.print("It was checked against the key in the folder itself, which a forger can also make.")
      context.print(`Compare with a key from elsewhere, or give that one with --key: ${verdict.vkey}`)
    }
  },
}
