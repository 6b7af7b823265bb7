import {
  concatBytes,
  canonicalJsonBytes,
  fromBase64Url,
  type Json,
  parseCanonicalJson,
  toBase64Url,
  utf8Bytes,
  utf8Text,
} from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"

/**
 * What a signature is about. The name is part of what is signed, so that no signature made for one format is ever
 * valid in another.
 */
export type SigningContext =
  | "govah-root-v1"
  | "govah-entry-v1"
  | "govah-feed-v1"
  | "govah-card-v1"
  | "govah-pack-v1"

/** A document and the signature under it, as received; nothing is verified yet. */
export interface SignedLineUnverified {
  readonly document: Json
  /** The exact bytes of the document line, without its line feed. */
  readonly documentBytes: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** What follows the second line feed: empty but for a root's padding. */
  readonly rest: Uint8Array
}

/**
 * Signs a document: a line of canonical JSON, then a line with the unpadded base64url of an Ed25519 signature.
 *
 * @param seed - 32 bytes, the signer's Ed25519 seed. Source: `spec/signed-line.md`.
 */
export async function signLine(
  context: SigningContext,
  document: Json,
  seed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const line = canonicalJsonBytes(document)
  const signature = await primitives.sign(seed, signedBytes(context, line))
  return concatBytes(line, NEWLINE, utf8Bytes(toBase64Url(signature)), NEWLINE)
}

/**
 * Splits a signed line without verifying it, or returns null where it has not the shape of one.
 *
 * @param received - attacker-controlled; the caller bounds the length.
 */
export function parseSignedLine(received: Uint8Array): SignedLineUnverified | null {
  const first = received.indexOf(0x0a)
  const second = received.indexOf(0x0a, first + 1)
  if (first < 0 || second < 0) return null
  const documentBytes = received.subarray(0, first)
  const document = parseCanonicalJson(documentBytes)
  const signatureText = utf8Text(received.subarray(first + 1, second))
  const signature = signatureText === null ? null : fromBase64Url(signatureText)
  if (document === null || typeof document !== "object" || Array.isArray(document)) return null
  if (signature?.length !== 64) return null
  return { document, documentBytes, signature, rest: received.subarray(second + 1) }
}

/** Whether `key` (32 bytes) signed the line in this context. */
export async function verifyLine(
  context: SigningContext,
  line: SignedLineUnverified,
  key: Uint8Array,
  primitives: Primitives,
): Promise<boolean> {
  return await primitives.verify(key, signedBytes(context, line.documentBytes), line.signature)
}

const NEWLINE = Uint8Array.of(0x0a)

function signedBytes(context: SigningContext, line: Uint8Array): Uint8Array {
  return concatBytes(utf8Bytes(context), NEWLINE, line)
}
