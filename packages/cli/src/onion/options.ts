import { type Arguments, type Option, UsageError } from "../command.ts"
import type { OnionService } from "./torrc.ts"

/** Where Debian's tor and the unit under `ops/` expect things. */
const USUAL_SOCKET = "/run/govah/relay.sock"

export const socketOption: Readonly<Record<string, Option>> = {
  socket: {
    kind: "value",
    takes: "FILE",
    help: `unix socket in place of a port, for its owner and group alone (with --onion: ${USUAL_SOCKET})`,
  },
}

export const onionOptions: Readonly<Record<string, Option>> = {
  ...socketOption,
  onion: { kind: "value", takes: "DIR", help: "folder of tor's keys for the relay, e.g. /var/lib/tor/govah" },
  "desk-onion": {
    kind: "value",
    takes: "DIR",
    help: "a second one, for desks that are named in its authorized_clients",
  },
}

/** The onion service that was asked for, or null. @throws UsageError */
export function onionOf(args: Arguments): OnionService | null {
  const folder = args.value("onion")
  const deskFolder = args.value("desk-onion")
  if (folder === null) {
    if (deskFolder !== null) throw new UsageError("--desk-onion is a second service beside --onion DIR")
    return null
  }
  return { folder, socket: args.value("socket") ?? USUAL_SOCKET, deskFolder }
}
