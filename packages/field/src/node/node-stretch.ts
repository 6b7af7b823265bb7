import { argon2 } from "node:crypto"
import { STRETCH_KIB, STRETCH_LANES, STRETCH_PASSES, type Stretch, STRETCHED_BYTES } from "@govah/core/lock"

/** Argon2id by OpenSSL, on another thread. */
export const nodeStretch: Stretch = (passphrase, salt) =>
  new Promise((resolve, reject) => {
    const cost = { parallelism: STRETCH_LANES, memory: STRETCH_KIB, passes: STRETCH_PASSES }
    const parameters = { message: passphrase, nonce: salt, tagLength: STRETCHED_BYTES, ...cost }
    argon2("argon2id", parameters, (error, key) => {
      if (error === null) resolve(new Uint8Array(key))
      else reject(error)
    })
  })
