import { concatBytes, utf8Bytes } from "../bytes/index.ts"
import { MAX_PROOF_BYTES } from "./log-proof.ts"
import { ReleaseError } from "./release-error.ts"

/** Longest file: a signed note of 65,536 bytes, a line feed and a proof. */
export const MAX_RELEASE_FILE_BYTES: number = 65_536 + 1 + MAX_PROOF_BYTES

/** What proves a release, taken apart; nothing of it is verified. */
export interface ReleaseFile {
  /** The signed note with the manifest. */
  readonly manifest: Uint8Array
  /** That the log holds it. */
  readonly proof: Uint8Array
}

const OPENING = utf8Bytes("\n\nc2sp.org/tlog-proof@v1\n")

/** One file, so that a server that is being given a new release never serves one half of each. */
export function joinReleaseFile({ manifest, proof }: ReleaseFile): Uint8Array {
  return concatBytes(manifest, Uint8Array.of(0x0a), proof)
}

/** @param received - attacker-controlled. @throws ReleaseError `malformed`, `too-long`. */
export function splitReleaseFile(received: Uint8Array): ReleaseFile {
  if (received.length > MAX_RELEASE_FILE_BYTES)
    throw new ReleaseError("too-long", `release file of ${received.length} bytes`)
  for (let at = received.indexOf(0x0a); at >= 0; at = received.indexOf(0x0a, at + 1)) {
    if (OPENING.every((byte, i) => received[at + i] === byte))
      return { manifest: received.subarray(0, at + 1), proof: received.subarray(at + 2) }
  }
  throw new ReleaseError("malformed", "no manifest with a proof behind it")
}
