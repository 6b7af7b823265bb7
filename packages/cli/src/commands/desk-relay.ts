import { type Command, UsageError } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

const ROADS = ["https", "onion", "lan"] as const

export const deskRelay: Command = {
  positionals: ["URL"],
  options: {
    ...deskOptions,
    capability: { kind: "value", takes: "TEXT", help: 'what "govah relay admit" printed for this desk' },
    unlisted: {
      kind: "flag",
      help: "pull from it, but leave it off the card: an address that only the desk can reach",
    },
    operator: {
      kind: "value",
      takes: "N",
      help: "1 to 8, the same for all relays that one operator runs: senders give their second copy to another",
    },
    road: { kind: "value", takes: "ROAD", help: "https, onion or lan (default: https)" },
  },
  run: async (args, context) => {
    const url = args.positionals[0] as string
    const road = ROADS.find((known) => known === (args.value("road") ?? "https"))
    if (road === undefined) throw new UsageError(`--road is one of ${ROADS.join(", ")}`)
    if (!URL.canParse(url))
      throw new UsageError("the relay's URL is not one: it looks like https://relay.example")
    const capability = args.required("capability")
    const said = args.value("operator")
    if (said !== null && !/^[1-8]$/.test(said)) throw new UsageError("--operator is a number from 1 to 8")
    const operator = said === null ? {} : { operator: Number(said) }
    await withDesk(args, context, async (desk) => {
      const unlisted = args.flag("unlisted")
      await desk.addRelay({ url, road, capability, unlisted, ...operator })
      const named = unlisted ? "no card names it" : "new invitations name it"
      context.print(`The desk now pulls from ${url}, and ${named}.`)
    })
  },
}
