import { STATUS_BY_CODE } from "../routes/errors.ts"
import type { RelayDeps, RelayStore } from "../store/port.ts"

/** How long the same figures are given, in milliseconds. Finer ones would say when somebody sent, to whoever reads them. */
export const METRICS_HOLD_MS = 3_600_000

/** Counts are given in whole steps of so many: one report more or less does not show. */
const STEP = 100

/** What an operator may see of a relay at work. It names nobody and no hour within an hour. */
export interface Metrics {
  /** An answer was given. */
  count(status: number): void
  /** The figures as they stood when the hour began, in Prometheus' text format. */
  render(): Promise<string>
}

const STATUSES: ReadonlySet<number> = new Set([200, 204, 304, ...Object.values(STATUS_BY_CODE)])

/** Figures of one store, from now on. Nothing is written anywhere. */
export function createMetrics(
  store: RelayStore,
  { monotoneMs = () => performance.now() }: RelayDeps,
): Metrics {
  const answers = new Map<number | "other", number>()
  let held: { readonly text: Promise<string>; readonly until: number } | null = null

  async function measure(): Promise<string> {
    const counted = [...answers].sort(([a], [b]) => (a < b ? -1 : 1))
    const { commits } = store
    const { usedBytes, freeBytes, totalBytes } = await store.capacity()
    return [
      ...gauge("used_bytes", "Bytes of the store that are in use.", usedBytes),
      ...gauge("free_bytes", "Bytes that the store may still take.", freeBytes),
      ...gauge("total_bytes", "Bytes that the store may take in all.", totalBytes),
      ...gauge("cells", `Cells that are kept, in whole ${STEP}s.`, stepped(await store.count())),
      ...gauge("resident_bytes", "Memory of the process.", process.memoryUsage.rss()),
      ...head("commits", `Transactions since the start, in whole ${STEP}s.`, "counter"),
      `govah_relay_commits ${stepped(commits)}`,
      ...head("answers", `Answers since the start, in whole ${STEP}s.`, "counter"),
      ...counted.map(([status, n]) => `govah_relay_answers{status="${status}"} ${stepped(n)}`),
      "",
    ].join("\n")
  }

  return {
    count: (status) => {
      const known = STATUSES.has(status) ? status : "other"
      answers.set(known, (answers.get(known) ?? 0) + 1)
    },
    render: async () => {
      const now = monotoneMs()
      if (held === null || now >= held.until) {
        held = { text: measure(), until: now + METRICS_HOLD_MS }
        // A store that fails now is asked again at once, not in an hour.
        held.text.catch(() => (held = null))
      }
      return await held.text
    },
  }
}

function stepped(count: number): number {
  return Math.floor(count / STEP) * STEP
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [...head(name, help, "gauge"), `govah_relay_${name} ${value}`]
}

function head(name: string, help: string, type: "gauge" | "counter"): readonly string[] {
  return [`# HELP govah_relay_${name} ${help}`, `# TYPE govah_relay_${name} ${type}`]
}
