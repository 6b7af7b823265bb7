import { keyWords } from "@govah/core/card"
import type { Command } from "../command.ts"
import { keysOf, keysOption } from "../release/pinned-keys.ts"
import { verifyRelease } from "../release/verify-release.ts"

export const releaseVerify: Command = {
  positionals: ["FILE|DIR"],
  options: { keys: keysOption },
  run: async (args, context) => {
    const release = await verifyRelease(args.positionals[0] as string, await keysOf(args), context.primitives)
    const { words, numbers } = keyWords("release", release.hash)
    context.print(`This is release ${release.version}, as it was signed, and it is in the log.`)
    context.print(`Its words: ${words.join(" ")} (${numbers.join(" ")})`)
  },
}
