import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import type { Command, Context } from "../command.ts"
import type { Network } from "../network/network.ts"
import { USUAL_PORTS } from "../network/ports.ts"
import { portOf } from "../port.ts"

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..")

export const network: Command = {
  positionals: [],
  options: {
    data: { kind: "value", takes: "DIR", help: "where everything is kept (default: .govah)" },
    rehearsal: { kind: "flag", help: "also play the Saravan rehearsal through it" },
    once: { kind: "flag", help: "stop when everything is started and played" },
    "relay-port": { kind: "value", takes: "N", help: `port of the relay (default: ${USUAL_PORTS.relay})` },
    "desk-port": { kind: "value", takes: "N", help: `port of the desk (default: ${USUAL_PORTS.desk})` },
    "field-port": {
      kind: "value",
      takes: "N",
      help: `port of the field page (default: ${USUAL_PORTS.field})`,
    },
    "archive-port": {
      kind: "value",
      takes: "N",
      help: `port of the archive (default: ${USUAL_PORTS.archive})`,
    },
  },
  run: async (args, context) => {
    const folder = resolve(args.value("data") ?? join(repository, ".govah"))
    const ports = {
      relay: portOf(args, USUAL_PORTS.relay, "relay-port"),
      desk: portOf(args, USUAL_PORTS.desk, "desk-port"),
      field: portOf(args, USUAL_PORTS.field, "field-port"),
      archive: portOf(args, USUAL_PORTS.archive, "archive-port"),
    }
    // Loaded only here: every other command starts without a bundler and three servers.
    const { startNetwork } = await import("../network/network.ts")
    const running = await startNetwork(folder, ports, context)
    try {
      if (args.flag("rehearsal")) await rehearse(running, folder, context)
      const invitation = await freshInvitation(running, folder)
      for (const line of frontPage(running, folder, invitation)) context.print(line)
      if (!args.flag("once") && !context.signal.aborted) await once(context.signal, "abort")
    } finally {
      await running.close()
      context.print("Stopped. Everything is kept; the same command goes on from here.")
    }
  },
}

async function rehearse(running: Network, folder: string, context: Context): Promise<void> {
  context.print("The rehearsal: Saravan, February and March 2021")
  const { playRehearsal } = await import("../rehearsal/play.ts")
  const samples = join(repository, "samples", "saravan-2021")
  const rehearsed = await playRehearsal(running, samples, folder, context)
  if (rehearsed === null)
    context.print("  was played in this folder before; delete the folder to play it again")
}

// A new one each time: invitations work once and lapse, and a person who tries again needs one that works.
async function freshInvitation(running: Network, folder: string): Promise<string> {
  const { text } = await running.desk.invite("from the network's front page")
  const file = join(folder, "invitation.txt")
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  return file
}

function frontPage(running: Network, folder: string, invitation: string): readonly string[] {
  const here = (path: string): string => {
    const short = relative(process.cwd(), path)
    return short === "" || short.startsWith("..") ? path : short
  }
  return [
    "",
    "Govah runs on this machine, for this machine alone.",
    "",
    `  Archive   ${running.archive.url}`,
    `  Desk      ${running.deskServer.url}`,
    `  Field     ${running.field.url}`,
    `  Relay     ${running.relay.url}/`,
    `  Data      ${here(folder)}   (delete it to begin again)`,
    "",
    "What to do next",
    `  1. Open the field page and paste the invitation that is in ${here(invitation)}`,
    "  2. Keep a report there; on the desk press “pull”, read it, grade it, make a claim, publish it.",
    `  3. Check the archive as a stranger would: npx govah archive verify ${here(running.archiveFolder)}`,
    "",
    "Ctrl-C stops everything cleanly.",
  ]
}
