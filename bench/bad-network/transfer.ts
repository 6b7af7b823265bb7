import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { toBase64Url } from "@govah/core/bytes"
import { formatInvitation, signCard } from "@govah/core/card"
import { CELL_BYTES } from "@govah/core/cell"
import { createFieldHome, enrol, sendAll, tell } from "@govah/field/node"
import { nodePrimitives } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { Upload } from "tus-js-client"
import { type LineProfile, openLine, seededRandom } from "./line.ts"

// One process that does many transfers at once, each over a line of its own, by the programs as they are.
// Argument: a JSON list of jobs. Prints one JSON line a finished job.

/** What to carry, and over what. */
export interface Job {
  readonly name: string
  readonly kind: "text" | "file" | "tus"
  readonly targetPort: number
  readonly tls: boolean
  /** Size of the attached file; a text has none. */
  readonly bytes: number
  readonly startAfterMs: number
  readonly profile: LineProfile
}

/** What it took. */
export interface Outcome {
  readonly name: string
  /** From *kept* to the last acknowledgement. */
  readonly ms: number
  /** Bytes that had to arrive. */
  readonly payloadBytes: number
  /** Bytes that crossed the line towards the server: headers, handshakes and what was sent twice with them. */
  readonly bytesUp: number
  readonly bytesDown: number
  readonly cuts: number
}

const TEXT_CHARACTERS = 2_000

async function carry(job: Job): Promise<Outcome> {
  await sleep(job.startAfterMs)
  const line = await openLine(job.targetPort, job.profile)
  const url = `${job.tls ? "https" : "http"}://127.0.0.1:${line.port}`
  const folder = mkdtempSync(join(tmpdir(), "govah-line-"))
  try {
    const { ms, payloadBytes } =
      job.kind === "tus" ? await carryByTus(url, job.bytes) : await carryByField(url, folder, job)
    const { bytesUp, bytesDown, cuts } = line
    return {
      name: job.name,
      ms: Math.round(ms),
      payloadBytes,
      bytesUp: bytesUp(),
      bytesDown: bytesDown(),
      cuts: cuts(),
    }
  } finally {
    line.close()
    rmSync(folder, { recursive: true })
  }
}

async function carryByField(
  url: string,
  folder: string,
  job: Job,
): Promise<{ ms: number; payloadBytes: number }> {
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, await invitationTo(url))
  const text = "گواه ".repeat(TEXT_CHARACTERS / 5)
  const path = join(folder, "video.bin")
  if (job.kind === "file") writeFileSync(path, randomBytes(job.bytes))
  const kept = await tell(home, { text }, job.kind === "file" ? [{ path, kind: "file" }] : [])
  // The line has been there for a while, and is cut when it is cut.
  await sleep(job.kind === "text" ? seededRandom(job.profile.seed + 1_000)() * 20_000 : 0)
  const start = performance.now()
  for (;;) {
    // What a person, or the page, does where sending was given up: ask again.
    const [sending] = await sendAll(home)
    if (sending?.error === null && sending.left === 0) break
    await sleep(1_000)
  }
  return { ms: performance.now() - start, payloadBytes: kept.cells * CELL_BYTES }
}

async function invitationTo(url: string): Promise<string> {
  const seed = nodePrimitives.random(32)
  const card = {
    name: "Bench",
    key: toBase64Url(await nodePrimitives.publicKey(seed)),
    successor: "0".repeat(64),
    relays: [{ url, road: "https" as const }],
    terms: [{ from: "2020-01-01", recipient: await identityToRecipient(await generateHybridIdentity()) }],
  }
  const secret = toBase64Url(nodePrimitives.random(16))
  return formatInvitation(await signCard(card, seed, nodePrimitives), secret, "2099-12-31")
}

async function carryByTus(url: string, bytes: number): Promise<{ ms: number; payloadBytes: number }> {
  const start = performance.now()
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(randomBytes(bytes), {
      endpoint: `${url}/files`,
      // As often as ours tries, and never given up.
      retryDelays: [0, 250, 500, ...Array.from({ length: 100 }, () => 1_000)],
      onSuccess: () => resolve(),
      onError: reject,
    })
    upload.start()
  })
  return { ms: performance.now() - start, payloadBytes: bytes }
}

const jobs = JSON.parse(process.argv[2] as string) as readonly Job[]
await Promise.all(
  jobs.map(async (job) => {
    const outcome = await carry(job)
    process.stdout.write(`${JSON.stringify(outcome)}\n`)
  }),
)
process.exit()
