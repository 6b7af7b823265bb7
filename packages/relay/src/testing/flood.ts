import { Agent, request } from "node:http"
import { CELL_BYTES } from "@govah/core/cell"
import { formatWork } from "@govah/core/work"
import { seededBytes } from "./test-relay.ts"
import type { SeededRandom } from "./seizure/random.ts"

/** How often each status came back. */
export type Answers = ReadonlyMap<number, number>

const AT_ONCE = 32

/**
 * Sends junk, many at once: no work, work of chance, tokens of chance, no cells, other paths. All from one address, as a
 * relay behind Tor sees everybody.
 */
export async function flood(port: number, requests: number, random: SeededRandom): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const answers = new Map<number, number>()
  const body = seededBytes("junk", CELL_BYTES)
  let left = requests
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) {
        const status = await send(port, agent, junk(random, body))
        answers.set(status, (answers.get(status) ?? 0) + 1)
      }
    }),
  )
  agent.destroy()
  return answers
}

interface Junk {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

function junk(random: SeededRandom, cell: Uint8Array): Junk {
  const octets = { "Content-Type": "application/octet-stream" }
  const day = Math.floor(Date.now() / 86_400_000)
  const kinds: readonly (() => Junk)[] = [
    () => ({ path: "/cells", headers: octets, body: cell }),
    () => ({
      path: "/cells",
      headers: { ...octets, "Govah-Work": formatWork({ day, nonces: [random.bytes(8)] }) },
      // Another cell each time: work of chance must not pay for one twice.
      body: Buffer.concat([random.bytes(64), cell.subarray(64)]),
    }),
    () => ({
      path: "/cells",
      headers: { ...octets, "Govah-Token": Buffer.from(random.bytes(354)).toString("base64url") },
      body: cell,
    }),
    () => ({ path: "/cells", headers: octets, body: cell.subarray(0, 9) }),
    () => ({ path: "/tokens", headers: octets, body: cell.subarray(0, 288) }),
    () => ({ path: "/bundle-file", headers: octets, body: cell.subarray(0, 99) }),
  ]
  return (kinds[random.below(kinds.length)] as () => Junk)()
}

function send(port: number, agent: Agent, { path, headers, body }: Junk): Promise<number> {
  return new Promise((resolve) => {
    const to = {
      port,
      host: "127.0.0.1",
      path,
      method: "POST",
      agent,
      headers: { ...headers, "Content-Length": body.length },
    }
    const sent = request(to, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0))
    })
    // A connection that the relay closed is an answer, too.
    sent.on("error", () => resolve(0))
    sent.end(body)
  })
}
