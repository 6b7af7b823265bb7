import { passphraseBits, passphraseWords, wordsFor } from "@govah/core/passphrase"
import { nodeStretch } from "@govah/field/node"
import { webStretch } from "@govah/field/stretch"
import { giveVerdict } from "../verdict.ts"

const ROUNDS = 5
/** Core-seconds that all six-digit codes of Tella cost. */
const TELLA_CORE_SECONDS = 6_600

/** Seconds of processor time of one guess: the least of some, since a busy machine only adds. */
async function guess(stretch: typeof nodeStretch): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    await stretch(new Uint8Array(40).fill(round), new Uint8Array(32))
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1e6)
  }
  return least
}

const persian = await passphraseWords("fa")
const bits = passphraseBits(persian, wordsFor(persian))
await webStretch(new Uint8Array(1), new Uint8Array(32))
const native = await guess(nodeStretch)
const wasm = await guess(webStretch)
const space = 2 ** bits * native
giveVerdict(
  { bits, nativeSeconds: native, wasmSeconds: wasm, timesTella: Math.round(space / TELLA_CORE_SECONDS) },
  [["hundred times Tella's, as a share of the space", (100 * TELLA_CORE_SECONDS) / space, 1]],
  new URL("baseline.json", import.meta.url),
)
