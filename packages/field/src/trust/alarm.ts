import type { Json } from "@govah/core/bytes"

/** Why the program must not be trusted any more; each has its words. */
export const ALARMS = [
  "worker-changed",
  "served-changed",
  "update-refused",
  "older-offered",
  "log-split",
] as const
export type Alarm = (typeof ALARMS)[number]

/** An alarm as it was noted. What is damaged is no alarm: it would lock a person out for nothing. */
export function parseAlarm(note: Json | null): Alarm | null {
  return ALARMS.find((alarm) => alarm === note) ?? null
}
