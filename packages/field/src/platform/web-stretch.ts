import { STRETCH_KIB, STRETCH_LANES, STRETCH_PASSES, type Stretch, STRETCHED_BYTES } from "@govah/core/lock"

/**
 * Argon2id in WebAssembly. Loaded when the first passphrase is typed: it is no part of what a start waits for. Where a
 * browser has no WebAssembly (Lockdown Mode, Tor Browser's safer levels) the same comes from plain JavaScript, slowly.
 */
export const webStretch: Stretch = async (passphrase, salt) => {
  if (!("WebAssembly" in globalThis)) return await plainStretch(passphrase, salt)
  const { argon2id } = await import("hash-wasm")
  return await argon2id({
    password: passphrase,
    salt,
    parallelism: STRETCH_LANES,
    memorySize: STRETCH_KIB,
    iterations: STRETCH_PASSES,
    hashLength: STRETCHED_BYTES,
    outputType: "binary",
  })
}

// At once and not in turns: in a worker nobody waits for the turns, and each of them costs time.
const plainStretch: Stretch = async (passphrase, salt) => {
  const { argon2id } = await import("@noble/hashes/argon2.js")
  const cost = { p: STRETCH_LANES, m: STRETCH_KIB, t: STRETCH_PASSES }
  return argon2id(passphrase, salt, { ...cost, dkLen: STRETCHED_BYTES })
}
