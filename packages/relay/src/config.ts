import { MAX_WORK_BITS } from "@govah/core/work"
import { RelayError } from "./relay-error.ts"

/** What an operator decides. */
export interface RelayConfig {
  /** The SQLite file; it, its companions (`-wal`, `-shm`) and its cells (`-cells`) are all that the relay writes. */
  readonly file: string
  /** TCP port; 0 lets the system choose. */
  readonly port: number
  /** Address to listen on. The default is loopback: a relay is opened to the world by decision, not by accident. */
  readonly host?: string
  /** A unix socket to listen on in place of a port, for what stands in front: tor, nginx. Owner and group may use it. */
  readonly socket?: string
  /** Where the operator reads metrics: a port of loopback, or a socket's path. Left out: nowhere. */
  readonly metrics?: number | string
  /** Most bytes that the store may fill, companions (a few MiB) not counted; 0 is as much as the disk has. */
  readonly maxBytes?: number
  /** Whether a desk that lost cells may ask for ranges of them. The default is no: a pull tells less. */
  readonly restore?: boolean
  /** Whole days that a cell is kept. */
  readonly retentionDays?: number
  /** Milliseconds for the whole body of one POST or PUT: 64 cells at 70 kbit/s. Slower lines send fewer at a time. */
  readonly bodyMs?: number
  /** Bytes of request bodies in memory at once, over all senders; 64 MiB unless said. */
  readonly maxHeldBytes?: number
  /** Milliseconds without a byte in either direction after which a connection is closed. */
  readonly idleMs?: number
  /** Leading zero bits of work that each cell costs while there is little to do; {@link REST_BITS} unless said. */
  readonly workBits?: number
  /**
   * Whether the plain page takes files, for which nobody works. Unless said: where the relay itself is open to a network
   * (a hotspot), and not behind a proxy or an onion service, where anybody could fill it so.
   */
  readonly uploads?: boolean
}

/**
 * Work a cell at rest: 4,096 tries, 35 ms on a slow phone, and half a second in a browser that compiles nothing
 * (`bench/work`, `docs/adr/0019-work-and-tokens.md`).
 */
export const REST_BITS = 12

/** Days that cells are kept where the operator does not say. Two terms of an intake key. */
export const RETENTION_DAYS = 60

/**
 * Reads the environment: `GOVAH_RELAY_FILE` (must be there), `GOVAH_RELAY_PORT` (8787), `GOVAH_RELAY_HOST`
 * (127.0.0.1), or in place of both `GOVAH_RELAY_SOCKET`; `GOVAH_RELAY_MAX_BYTES` (0), `GOVAH_RELAY_RETENTION_DAYS` (60),
 * `GOVAH_RELAY_RESTORE` (off), `GOVAH_RELAY_METRICS` (none; a port of loopback or the path of a socket);
 * `GOVAH_RELAY_WORK_BITS` (12, at most 17), `GOVAH_RELAY_UPLOADS` (`on` or `off`; see {@link RelayConfig.uploads}).
 *
 * @throws RelayError `bad-config`, naming the variable.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): RelayConfig {
  const file = environment["GOVAH_RELAY_FILE"]
  if (!file)
    throw new RelayError("bad-config", "GOVAH_RELAY_FILE must name the file that the relay keeps cells in")
  const socket = environment["GOVAH_RELAY_SOCKET"]
  // A relay that is meant for Tor alone must not be open beside it because a line was left over.
  if (socket && (environment["GOVAH_RELAY_PORT"] || environment["GOVAH_RELAY_HOST"])) {
    throw new RelayError(
      "bad-config",
      "GOVAH_RELAY_SOCKET goes without GOVAH_RELAY_PORT and GOVAH_RELAY_HOST",
    )
  }
  return {
    file,
    ...(socket ? { socket } : {}),
    ...parseMetrics(environment),
    port: parseNumber(environment, "GOVAH_RELAY_PORT", 8787, 65_535),
    host: environment["GOVAH_RELAY_HOST"] || "127.0.0.1",
    restore: parseSwitch(environment, "GOVAH_RELAY_RESTORE"),
    maxBytes: parseNumber(environment, "GOVAH_RELAY_MAX_BYTES", 0, Number.MAX_SAFE_INTEGER),
    retentionDays: parseNumber(environment, "GOVAH_RELAY_RETENTION_DAYS", RETENTION_DAYS, 3650),
    workBits: parseNumber(environment, "GOVAH_RELAY_WORK_BITS", REST_BITS, MAX_WORK_BITS),
    ...(environment["GOVAH_RELAY_UPLOADS"]
      ? { uploads: parseSwitch(environment, "GOVAH_RELAY_UPLOADS") }
      : {}),
  }
}

function parseMetrics(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<RelayConfig, "metrics"> {
  const text = environment["GOVAH_RELAY_METRICS"]
  if (!text) return {}
  return { metrics: text.startsWith("/") ? text : parseNumber(environment, "GOVAH_RELAY_METRICS", 0, 65_535) }
}

function parseSwitch(environment: Readonly<Record<string, string | undefined>>, name: string): boolean {
  const text = environment[name] ?? ""
  if (text !== "" && text !== "on" && text !== "off") {
    throw new RelayError("bad-config", `${name} must be on or off`)
  }
  return text === "on"
}

function parseNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
  max: number,
): number {
  const text = environment[name]
  if (text === undefined || text === "") return otherwise
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= max)) throw new RelayError("bad-config", `${name} must be a whole number from 0 to ${max}`)
  return value
}
