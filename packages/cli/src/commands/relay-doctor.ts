import { realpath } from "node:fs/promises"
import { openStore, RETENTION_DAYS } from "@govah/relay"
import { type Arguments, type Command, type Context, FoundWanting, UsageError } from "../command.ts"
import type { Finding } from "../doctor/finding.ts"
import { checkLogs } from "../doctor/logs.ts"
import { type Machine, machineAt } from "../doctor/machine.ts"
import { checkOutside } from "../doctor/outside.ts"
import { checkProcess, relayProcesses } from "../doctor/relay-process.ts"
import { checkStoreFiles } from "../doctor/store-files.ts"
import { checkStoreState } from "../doctor/store-state.ts"
import { checkTimeZone } from "../doctor/time-zone.ts"
import { unitEnvironment } from "../doctor/unit.ts"
import { relayOptions, storeFile } from "../relay-store.ts"
import { waysOf, waysOptions } from "../ways.ts"

export const relayDoctor: Command = {
  positionals: [],
  options: {
    ...relayOptions,
    url: { kind: "value", takes: "URL", help: "also ask the relay from outside, as senders do" },
    socks: waysOptions["socks"] as (typeof waysOptions)[string],
    retention: {
      kind: "value",
      takes: "DAYS",
      help: `days that this relay keeps cells (default: what its unit says, or ${RETENTION_DAYS})`,
    },
    root: {
      kind: "value",
      takes: "DIR",
      help: "look at the machine whose disk is mounted there (default: /)",
    },
  },
  run: async (args, context) => {
    const findings = await examine(args, context)
    for (const { code, what, why, todo } of findings) {
      context.print(`${code}: ${what}.`)
      context.print(`  why  ${why}`)
      context.print(`  do   ${todo}`)
    }
    if (findings.length > 0) {
      throw new FoundWanting(`${findings.length} things leak or will fail, named above`)
    }
    context.print("Nothing was found that leaks. What is not looked at: docs/operating/relay.md.")
  },
}

async function examine(args: Arguments, context: Context): Promise<readonly Finding[]> {
  const url = args.value("url")
  const { socks } = waysOf({ ...args, flag: () => false })
  if (url !== null && !/^https?:\/\//.test(url))
    throw new UsageError("--url is an address such as https://relay.example")
  if (url !== null && new URL(url).hostname.endsWith(".onion") && socks === null)
    throw new UsageError("an onion address is asked through Tor alone: add --socks 127.0.0.1:9050")
  const machine = machineAt(args.value("root") ?? "/")
  const file = await realpath(storeFile(args))
  // Before the store is opened here: opening it makes the files that are looked for.
  const processes = relayProcesses(machine, file)
  const files = checkStoreFiles(machineAt("/"), file, processes.length > 0)
  return [
    ...files,
    ...processes.flatMap((relay) => checkProcess(relay, machine)),
    ...checkLogs(machine),
    ...checkTimeZone(machine),
    ...(await examineStore(file, machine, args, context)),
    ...(url === null ? [] : await checkOutside(url, socks, context.now())),
  ]
}

/** As the relay itself sees its share of the disk and its days: by its unit. */
async function examineStore(
  file: string,
  machine: Machine,
  args: Arguments,
  context: Context,
): Promise<readonly Finding[]> {
  const unit = unitEnvironment(machine)
  const days = args.value("retention") ?? unit.get("GOVAH_RELAY_RETENTION_DAYS") ?? `${RETENTION_DAYS}`
  if (!/^\d{1,4}$/.test(days)) throw new UsageError("--retention is a number of days")
  const maxBytes = Number(unit.get("GOVAH_RELAY_MAX_BYTES") ?? 0)
  const store = openStore(file, context, Number.isSafeInteger(maxBytes) ? { maxBytes } : {})
  try {
    return await checkStoreState(store, Number(days))
  } finally {
    await store.close()
  }
}
