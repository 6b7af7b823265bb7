import { createHash, createPublicKey, verify } from "node:crypto"
import { toBase64Url, toHex } from "@govah/core/bytes"

/** Whether `signature` is Ed25519 (RFC 8032) by `publicKey` over `message`. False for any malformed input. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    const key = createPublicKey({
      format: "jwk",
      key: { kty: "OKP", crv: "Ed25519", x: toBase64Url(publicKey) },
    })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

/** SHA-256 in lower-case hex, by the platform. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(createHash("sha256").update(bytes).digest())
}
