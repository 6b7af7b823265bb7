import { readFile } from "node:fs/promises"
import { FeedError, type FeedProof, readFeedProof } from "@govah/core/feed"
import { unveil } from "@govah/core/veil"
import { type Command, FoundWanting } from "../command.ts"

export const feedProof: Command = {
  positionals: ["FILE"],
  options: {},
  run: async (args, context) => {
    const bytes = new Uint8Array(await readFile(args.positionals[0] as string))
    const { heads, contradictions } = await read(
      (await unveil(bytes, context.primitives)) ?? bytes,
      context.primitives,
    )
    for (const { head, hash } of heads) {
      context.print(`desk ${head.desk}, number ${head.number}, of ${head.day}, ${hash.slice(0, 16)}`)
    }
    for (const [one, other] of contradictions) {
      context.print(
        one.head.number === other.head.number
          ? `PROVEN: the key of this desk signed two different numbers ${one.head.number}.`
          : `PROVEN: the key of this desk signed numbers ${one.head.number} and ${other.head.number} that do not follow each other.`,
      )
    }
    if (contradictions.length > 0) {
      context.print("Either the desk shows different people different things, or somebody else has its key.")
      return
    }
    context.print(
      "All of them are the desk's, and they agree with each other: whoever gave out the older one gave out something old.",
    )
  },
}

async function read(bytes: Uint8Array, primitives: Parameters<typeof readFeedProof>[1]): Promise<FeedProof> {
  try {
    return await readFeedProof(bytes, primitives)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    throw new FoundWanting("this is no proof: something in it is not signed by a desk", { cause: error })
  }
}
