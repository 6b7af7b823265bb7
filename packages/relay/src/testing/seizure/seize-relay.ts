import { cpSync, mkdirSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { createRelay } from "../../relay.ts"
import { freshFolder } from "../test-relay.ts"
import { type SentCell, sendTraffic, type TrafficDeps, type TrafficPlan } from "./traffic.ts"

/** A relay's folder as it was seized, twice. */
export interface Seizure {
  readonly sent: readonly SentCell[]
  /** Copied in the instant after the last acknowledgement: the log as full as it is under load. */
  readonly busy: string
  /** After an orderly end. */
  readonly quiet: string
  /** The relay's clock at each post, in milliseconds since 1970. */
  readonly instants: readonly number[]
  /** Where the posts came from. */
  readonly addresses: ReadonlySet<string>
}

/** Words of senders that no relay may keep. */
export const PLANTED_HEADERS = {
  "User-Agent": "PlantedPhone/14.3 (Zahedan)",
  "X-Forwarded-For": "203.0.113.77",
  Cookie: "planted-cookie=7c1b",
  Referer: "https://planted-referrer.example/secret",
} as const

const START_MS = Date.UTC(2026, 2, 1, 7)

/** Sends a plan to a relay by HTTP, each sender from an address of its own, over hours of a clock that is not the world's. */
export async function seizeRelay(plan: TrafficPlan, seal: TrafficDeps["seal"]): Promise<Seizure> {
  const root = freshFolder()
  const folder = join(root, "relay")
  mkdirSync(folder)
  let elapsedMs = 0
  const instants: number[] = []
  const addresses = new Set<string>()
  const relay = await createRelay(
    // Nobody works here: what is examined is what is stored, and work is not.
    { file: join(folder, "relay.db"), port: 0, workBits: 0 },
    { now: () => new Date(START_MS + elapsedMs), monotoneMs: () => elapsedMs, primitives: nodePrimitives },
  )
  const sent = await sendTraffic(plan, {
    seal,
    async post(bundle, sender) {
      const address = `127.0.5.${1 + (sender % 250)}`
      addresses.add(address)
      instants.push(START_MS + elapsedMs)
      await post(relay.port, bundle, address)
    },
    pass: (milliseconds) => void (elapsedMs += milliseconds),
  })
  const [busy, quiet] = [join(root, "busy"), join(root, "quiet")]
  cpSync(folder, busy, { recursive: true })
  await relay.close()
  cpSync(folder, quiet, { recursive: true })
  return { sent, busy, quiet, instants, addresses }
}

function post(port: number, body: Uint8Array, localAddress: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...PLANTED_HEADERS,
      "Content-Type": "application/octet-stream",
      "Content-Length": body.length,
    }
    const to = { host: "127.0.0.1", port, path: "/cells", method: "POST", headers, localAddress }
    const sent = request(to, (answer) => {
      answer.resume()
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`the relay answered ${answer.statusCode}`)),
      )
    })
    sent.on("error", reject)
    sent.end(body)
  })
}
