import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8Bytes } from "../bytes/index.ts"
import {
  type Checkpoint,
  leafHash,
  LogError,
  openCheckpoint,
  openNote,
  parseNote,
  verifyInclusion,
  type VerifySignature,
} from "../log/index.ts"
import { parseLogProof } from "./log-proof.ts"
import { type Manifest, parseManifest } from "./manifest.ts"
import { splitReleaseFile } from "./release-file.ts"
import { ReleaseError } from "./release-error.ts"
import type { ReleaseKeys } from "./release-keys.ts"

/** A release whose signatures and place in the log were verified. */
export interface Release extends Manifest {
  /** SHA-256 of the text that was signed, 32 bytes: what the words of a release stand for. */
  readonly hash: Uint8Array
  /** Its entry's place in the log. */
  readonly index: number
  /** The head of the log that its proof leads to. */
  readonly checkpoint: Checkpoint
}

/** SHA-256 of a manifest's text, 32 bytes. */
export function manifestHash(text: string): Uint8Array {
  return sha256(utf8Bytes(text))
}

/**
 * What of a release enters the log: number and hash, so that whoever reads the log alone sees two of one number.
 *
 * @param hash - of the manifest's text, 32 bytes.
 */
export function releaseEntry(version: number, hash: Uint8Array): Uint8Array {
  return utf8Bytes(`govah-release-v1\n${version}\n${toHex(hash)}\n`)
}

/** Number of a release, and hash of its manifest in hex, of an entry. @throws ReleaseError `malformed`. */
export function parseReleaseEntry(entry: Uint8Array): { readonly version: number; readonly hash: string } {
  const text = String.fromCharCode(...entry.subarray(0, 200))
  const [, version, hash] = /^govah-release-v1\n([1-9][0-9]{0,8})\n([0-9a-f]{64})\n$/.exec(text) ?? []
  if (version === undefined || hash === undefined || entry.length !== text.length)
    throw new ReleaseError("malformed", "not an entry of a release")
  return { version: Number(version), hash }
}

/**
 * Opens a release: enough of the pinned keys signed its manifest, and the pinned log holds it.
 *
 * Whether it is newer than another, and whether the log grew out of one seen before, is asked apart (`isNewer`,
 * `checkGrowth`); whether files are what it says, by `checkAsset`.
 *
 * @param received - a release file; attacker-controlled.
 * @throws ReleaseError `malformed`, `too-long`, `unknown-version`, `bad-signature`, `not-signed`, `not-logged`.
 */
export async function openRelease(
  received: Uint8Array,
  keys: ReleaseKeys,
  verify: VerifySignature,
): Promise<Release> {
  const { manifest: note, proof } = splitReleaseFile(received)
  const text = await signedText(note, keys, verify)
  const manifest = parseManifest(text)
  const hash = manifestHash(text)
  const { index, hashes, checkpoint: head } = parseLogProof(proof)
  try {
    const checkpoint = await openCheckpoint(head, keys.log, verify)
    verifyInclusion(
      leafHash(releaseEntry(manifest.version, hash)),
      index,
      checkpoint.size,
      hashes,
      checkpoint.root,
    )
    return { ...manifest, hash, index, checkpoint }
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new ReleaseError("not-logged", "the proof does not show this release in the log", { cause })
  }
}

async function signedText(received: Uint8Array, keys: ReleaseKeys, verify: VerifySignature): Promise<string> {
  const note = readNote(received)
  let good = 0
  for (const key of keys.signers) {
    try {
      await openNote(received, key, verify)
      good++
    } catch (cause) {
      if (!(cause instanceof LogError)) throw cause
      // A signature that only looks like a pinned key's is no accident, however many good ones stand beside it.
      if (cause.code !== "not-signed")
        throw new ReleaseError("bad-signature", "a signature does not fit", { cause })
    }
  }
  if (good < keys.threshold)
    throw new ReleaseError("not-signed", `signed by ${good} of the keys, and ${keys.threshold} are needed`)
  return note.text
}

function readNote(received: Uint8Array): { readonly text: string } {
  try {
    return parseNote(received)
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new ReleaseError(cause.code === "too-long" ? "too-long" : "malformed", "not a signed manifest", {
      cause,
    })
  }
}
