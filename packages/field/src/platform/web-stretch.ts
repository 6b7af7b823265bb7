import { STRETCH_KIB, STRETCH_LANES, STRETCH_PASSES, type Stretch, STRETCHED_BYTES } from "@govah/core/lock"

/** Argon2id in WebAssembly. Loaded when the first passphrase is typed: it is no part of what a start waits for. */
export const webStretch: Stretch = async (passphrase, salt) => {
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
