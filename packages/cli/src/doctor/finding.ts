/** What a deployment can be found to do wrong. */
export type FindingCode =
  | "store-readable"
  | "folder-open"
  | "store-of-root"
  | "wal-left"
  | "runs-as-root"
  | "listens-wide"
  | "core-dumps"
  | "swap"
  | "time-zone"
  | "clock-wrong"
  | "proxy-logs"
  | "logs-kept"
  | "tor-logs"
  | "onion-unguarded"
  | "unit-logs"
  | "capability-ends"
  | "disk-low"
  | "retention-passed"
  | "not-reached"
  | "no-tls"
  | "redirects"
  | "sets-cookie"
  | "names-software"
  | "metrics-public"

/** One thing that leaks or will fail: what it is, why it matters, what to do. Names no sender and no content. */
export interface Finding {
  readonly code: FindingCode
  readonly what: string
  readonly why: string
  readonly todo: string
}

/** Shapes a finding from its four parts. */
export function finding(code: FindingCode, what: string, why: string, todo: string): Finding {
  return { code, what, why, todo }
}
