import { keyWords } from "@govah/core/card"
import { type Command, UsageError } from "../command.ts"
import { refuseExisting } from "../refuse-existing.ts"
import { readKeyFile } from "../release/key-file.ts"
import { makeRelease, signRelease } from "../release/make-release.ts"

export const releaseMake: Command = {
  positionals: [],
  options: {
    site: { kind: "value", takes: "DIR", help: "the built field page: packages/field/dist" },
    file: { kind: "value", takes: "FILE", help: "the built edition in one file" },
    version: { kind: "value", takes: "N", help: "number of the release; higher than all before" },
    key: { kind: "values", takes: "FILE", help: "a release key that signs; may be repeated" },
    log: {
      kind: "value",
      takes: "DIR",
      help: "folder of the log of releases; keep it, and copy it elsewhere",
    },
    "log-key": { kind: "value", takes: "FILE", help: "the log's key" },
    out: { kind: "value", takes: "DIR", help: "a new folder for the release" },
  },
  run: async (args, context) => {
    const { primitives } = context
    const out = args.required("out")
    const spelt = args.required("version")
    if (!/^[1-9][0-9]{0,8}$/.test(spelt)) throw new UsageError("--version is a number: 1, 2, 3 and so on")
    await refuseExisting(out, "No release was made")
    const signers = await Promise.all(args.values("key").map((file) => readKeyFile(file, primitives)))
    const hash = await makeRelease(
      {
        site: args.required("site"),
        file: args.value("file"),
        version: Number(spelt),
        signers,
        log: args.required("log"),
        logSigner: await readKeyFile(args.required("log-key"), primitives),
        out,
      },
      primitives,
    )
    context.print(`Release ${spelt} is in ${out}. Its words: ${keyWords("release", hash).words.join(" ")}`)
    context.print("Put site/ on the server: assets/ first, release/ after it, then the rest.")
  },
}

export const releaseSign: Command = {
  positionals: ["DIR"],
  options: { key: { kind: "value", takes: "FILE", help: "the release key that signs too" } },
  run: async (args, context) => {
    const signer = await readKeyFile(args.required("key"), context.primitives)
    await signRelease(args.positionals[0] as string, signer)
    context.print(`Signed by ${signer.name} as well.`)
  },
}
