import { fromBase64, toBase64, utf8Bytes, utf8Text } from "../bytes/index.ts"
import { HASH_BYTES } from "../log/index.ts"
import { ReleaseError } from "./release-error.ts"

/** Longest proof that is read, in bytes: 54 hashes and a checkpoint are under 4 kB. */
export const MAX_PROOF_BYTES = 16_384
const TAG = "c2sp.org/tlog-proof@v1"
const MAX_HASHES = 54

/** That an entry is in a log: its place, its path to the root, and the checkpoint with that root. */
export interface LogProof {
  readonly index: number
  /** 32 bytes each, lowest first. */
  readonly hashes: readonly Uint8Array[]
  /** A signed note, nothing of it verified. */
  readonly checkpoint: Uint8Array
}

/** Source: C2SP tlog-proof. */
export function formatLogProof(proof: LogProof): Uint8Array {
  const hashes = proof.hashes.map((hash) => `${toBase64(hash)}\n`).join("")
  return utf8Bytes(`${TAG}\nindex ${proof.index}\n${hashes}\n${utf8Text(proof.checkpoint) ?? ""}`)
}

/**
 * Reads a proof.
 *
 * Accepted subset of C2SP tlog-proof: no `extra` line (we write none), an index without leading zeros below 2^53, at most
 * 54 canonical 32-byte hashes.
 *
 * @param received - attacker-controlled.
 * @throws ReleaseError `malformed`, `too-long`.
 */
export function parseLogProof(received: Uint8Array): LogProof {
  if (received.length > MAX_PROOF_BYTES)
    throw new ReleaseError("too-long", `proof of ${received.length} bytes`)
  const text = utf8Text(received)
  const split = text === null ? -1 : text.indexOf("\n\n")
  if (text === null || split < 0) throw new ReleaseError("malformed", "a proof has two parts")
  const [tag, indexLine, ...spelt] = text.slice(0, split).split("\n")
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(indexLine ?? "")?.[1]
  const hashes = spelt.map((line) => fromBase64(line))
  if (
    tag !== TAG ||
    index === undefined ||
    !Number.isSafeInteger(Number(index)) ||
    hashes.length > MAX_HASHES
  )
    throw new ReleaseError("malformed", "malformed tag, index or number of hashes")
  if (!hashes.every((hash): hash is Uint8Array => hash?.length === HASH_BYTES))
    throw new ReleaseError("malformed", "a malformed hash")
  return { index: Number(index), hashes, checkpoint: utf8Bytes(text.slice(split + 2)) }
}
