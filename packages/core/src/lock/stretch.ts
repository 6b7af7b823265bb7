/** Memory of one guess, KiB: 64 MiB. */
export const STRETCH_KIB = 65_536
export const STRETCH_PASSES = 3
export const STRETCH_LANES = 1
export const STRETCHED_BYTES = 32

/**
 * Argon2id (RFC 9106) of a passphrase with the cost above, version 0x13, without secret and associated data: what a
 * platform lends to the lock. About 0.2 s on a laptop and a second or two on a cheap phone, for every guess.
 *
 * @param passphrase - in its normal form, UTF-8.
 * @param salt - 32 B.
 * @returns 32 bytes.
 */
export type Stretch = (passphrase: Uint8Array, salt: Uint8Array) => Promise<Uint8Array>
