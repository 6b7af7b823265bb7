/** A value now or later: Node answers at once, a browser's WebCrypto later. Always `await` it. */
export type Awaitable<T> = T | Promise<T>

/** Incremental SHA-256. After `digest` the hasher is spent. */
export interface Hasher {
  update(bytes: Uint8Array): void
  /** @returns 32 bytes. */
  digest(): Uint8Array
}

/**
 * The cryptographic primitives that a platform lends to core. Core composes them; it owns no cipher, no clock and no
 * randomness.
 *
 * Every implementation passes the same suite (`core/testing/primitives-contract.ts`).
 */
export interface Primitives {
  /** Bytes from the platform's cryptographic generator; `byteLength` 0 to 65_536. */
  random(byteLength: number): Uint8Array
  /** SHA-256 of one byte string. @returns 32 bytes. */
  sha256(bytes: Uint8Array): Awaitable<Uint8Array>
  /** SHA-256 of a stream. */
  hasher(): Hasher
  /**
   * ChaCha20-Poly1305 (RFC 8439) without associated data. Key 32 B, nonce 12 B. What is passed in has been read when this
   * returns, also where the answer comes later.
   *
   * @param into - memory for the answer, exactly as long as it: an answer to an earlier call that nobody needs any more,
   *   since fresh memory costs more than the cipher. It is the platform's from then on, which writes its answer there or
   *   leaves it.
   * @returns ciphertext, then 16 B tag: in `into`, or in memory of its own.
   */
  aeadSeal(
    key: Uint8Array,
    nonce: Uint8Array,
    plaintext: Uint8Array,
    into?: Uint8Array,
  ): Awaitable<Uint8Array>
  /**
   * The inverse of {@link aeadSeal}; null where the tag does not match or `ciphertext` is shorter than a tag.
   *
   * @param into - as for sealing; no byte of a plaintext whose tag does not match is ever written to it.
   */
  aeadOpen(
    key: Uint8Array,
    nonce: Uint8Array,
    ciphertext: Uint8Array,
    into?: Uint8Array,
  ): Awaitable<Uint8Array | null>
  /** How many chunks to have under way at a time; 1, or nothing, where the answer comes at once. */
  readonly aeadInFlight?: number
  /**
   * Says that many chunks under this key follow, so that a platform prepares it once. Until the returned function is
   * called, the array is passed in as it is and its bytes do not change; afterwards the platform keeps nothing of it.
   */
  aeadHold?(key: Uint8Array): () => void
  /** Ed25519 (RFC 8032) public key of a 32 B seed. @returns 32 bytes. */
  publicKey(seed: Uint8Array): Awaitable<Uint8Array>
  /** Ed25519 signature. @returns 64 bytes. */
  sign(seed: Uint8Array, message: Uint8Array): Awaitable<Uint8Array>
  /**
   * Ed25519 verification, cofactorless, with strict points (`ed25519.ts`): verifiers must agree on every signature, also
   * on one made to divide them. False for any malformed input.
   */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Awaitable<boolean>
}
