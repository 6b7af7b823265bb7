import type { Machine } from "./machine.ts"

const UNIT = "/etc/systemd/system/govah-relay.service"

/** What a relay is told by its unit and what was added to it: `Environment=` lines, the last of a name. */
export function unitEnvironment(machine: Machine): ReadonlyMap<string, string> {
  const files = [UNIT, ...machine.find(`${UNIT}.d/*.conf`)]
  const lines = files.flatMap((file) => (machine.read(file) ?? "").split("\n"))
  return new Map(
    lines.flatMap((line) => {
      const match = /^Environment="?(\w+)=([^"]*)"?\s*$/.exec(line)
      return match === null ? [] : [[match[1] as string, match[2] as string]]
    }),
  )
}
