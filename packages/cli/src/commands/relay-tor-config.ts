import { type Command, UsageError } from "../command.ts"
import { checkTorrc } from "../onion/check-torrc.ts"
import { onionOf, onionOptions } from "../onion/options.ts"
import { formatTorrc } from "../onion/torrc.ts"

export const relayTorConfig: Command = {
  positionals: [],
  options: onionOptions,
  run: async (args, context) => {
    const onion = onionOf(args)
    if (onion === null) throw new UsageError("say where tor keeps the keys: --onion /var/lib/tor/govah")
    const torrc = formatTorrc(onion)
    const isChecked = await checkTorrc(onion, context.env)
    for (const line of torrc.trimEnd().split("\n")) context.print(line)
    if (!isChecked) context.print("# Not checked: there is no tor on this machine.")
  },
}
