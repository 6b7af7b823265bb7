import { createCipheriv, createDecipheriv } from "node:crypto"
import type { Aead } from "@govah/core/primitives"

const CIPHER = "chacha20-poly1305"
const TAG_BYTES = 16
const OPTIONS = { authTagLength: TAG_BYTES }

/**
 * ChaCha20-Poly1305 of OpenSSL, as Node carries it. Answers at once.
 *
 * Node gives every answer of the cipher in fresh memory, and the system takes longer to find that memory than the cipher
 * to fill it. So it is copied at once to memory that is used again, and given back.
 */
export const opensslAead: Aead = {
  aeadInFlight: 1,
  aeadSeal: (key, nonce, plaintext, into) => {
    const cipher = createCipheriv(CIPHER, key, nonce, OPTIONS)
    const sealed = into ?? uncleared(plaintext.length + TAG_BYTES)
    const ciphertext = cipher.update(plaintext)
    sealed.set(ciphertext)
    release(ciphertext)
    cipher.final()
    sealed.set(cipher.getAuthTag(), plaintext.length)
    return sealed
  },
  aeadOpen: (key, nonce, ciphertext, into) => {
    if (ciphertext.length < TAG_BYTES) return null
    const end = ciphertext.length - TAG_BYTES
    const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS)
    decipher.setAuthTag(ciphertext.subarray(end))
    const unproven = decipher.update(ciphertext.subarray(0, end))
    try {
      decipher.final()
      const plaintext = into ?? uncleared(end)
      plaintext.set(unproven)
      return plaintext
    } catch {
      return null
    } finally {
      unproven.fill(0)
      release(unproven)
    }
  },
}

// Every byte is written, and clearing would cost a third of the whole.
function uncleared(bytes: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer)
}

function release(buffer: Buffer): void {
  const memory = buffer.buffer
  // Small ones may share a pool with strangers.
  if (memory instanceof ArrayBuffer && memory.byteLength === buffer.length && buffer.length > 0)
    memory.transfer(0)
}
