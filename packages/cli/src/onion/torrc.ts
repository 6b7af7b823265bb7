import { UsageError } from "../command.ts"

/** An onion service in front of a relay. */
export interface OnionService {
  /** The folder that tor keeps the service's keys in. Whoever has it has the address. */
  readonly folder: string
  /** The relay's unix socket. */
  readonly socket: string
  /** A second service for the desks' pull, reached by those alone whom its folder names; null without one. */
  readonly deskFolder: string | null
}

/**
 * Lines for Debian's tor (0.4.8 or newer) that put an onion service in front of a relay's socket.
 *
 * Proof of work answers a flood of introductions with work, and the introduction points slow it down; neither asks who
 * somebody is. Nothing is logged: the heartbeat would say every six hours how many came.
 *
 * @throws UsageError for a path that tor would read as something else.
 */
export function formatTorrc({ folder, socket, deskFolder }: OnionService): string {
  const target = `unix:${plainPath(socket)}`
  return [
    "# Printed by: govah relay tor-config",
    "Log err file /dev/null",
    "HeartbeatPeriod 0",
    "SafeLogging 1",
    "AvoidDiskWrites 1",
    ...serviceLines(folder, target),
    ...(deskFolder === null
      ? []
      : ["# For the desks that authorized_clients names", ...serviceLines(deskFolder, target)]),
    "",
  ].join("\n")
}

function serviceLines(folder: string, target: string): readonly string[] {
  return [
    `HiddenServiceDir ${plainPath(folder)}`,
    `HiddenServicePort 80 ${target}`,
    "HiddenServicePoWDefensesEnabled 1",
    "HiddenServiceEnableIntroDoSDefense 1",
  ]
}

function plainPath(path: string): string {
  if (/^\/[\w.,+@/-]+$/.test(path)) return path
  throw new UsageError(
    "paths for tor begin at the root and hold letters, digits and . , _ + @ - alone: tor reads anything else its own way",
  )
}
