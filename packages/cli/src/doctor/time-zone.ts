import { type Finding, finding } from "./finding.ts"
import type { Machine } from "./machine.ts"

/** Whether the machine's clock tells where its operator lives. */
export function checkTimeZone(machine: Machine): readonly Finding[] {
  const zone = /zoneinfo\/(.+)$/.exec(machine.link("/etc/localtime") ?? "")?.[1] ?? "UTC"
  if (/^(Etc\/)?(UTC|UCT|Universal|Zulu|GMT)$/.test(zone)) return []
  return [
    finding(
      "time-zone",
      `the machine's clock is set to ${zone}`,
      "whatever anything here writes down says where its operator lives",
      "timedatectl set-timezone UTC",
    ),
  ]
}
