import { argon2Sync } from "node:crypto"
import { toHex, utf8Bytes } from "../bytes/index.ts"
import { normalisePassphrase } from "../passphrase/index.ts"
import { hex, refuseUnless, runVectors } from "../testing/run-vectors.ts"
import {
  hiddenName,
  openPart,
  openPlace,
  PLACE_BYTES,
  partKey,
  STRETCH_KIB,
  STRETCH_LANES,
  STRETCH_PASSES,
  STRETCHED_BYTES,
} from "./index.ts"

interface LockCase {
  typed?: string
  normal?: string
  passphrase?: string
  salt?: string
  place?: string
  stretched?: string
  kind?: string
  key?: string
  part?: { vaultKey: string; file: string; name: string; sealed: string; plaintext: string }
  hidden?: { vaultKey: string; kind: string; of: string; name: string }
}

runVectors<LockCase>(
  "lock",
  async ({ typed, normal, passphrase, salt, place, stretched, kind, key, part, hidden }, _, p) => {
    if (typed !== undefined) refuseUnless(normalisePassphrase(typed) === normal, "other")
    if (passphrase !== undefined && salt !== undefined) {
      const made = argon2Sync("argon2id", {
        message: utf8Bytes(normalisePassphrase(passphrase)),
        nonce: hex(salt),
        memory: STRETCH_KIB,
        passes: STRETCH_PASSES,
        parallelism: STRETCH_LANES,
        tagLength: STRETCHED_BYTES,
      })
      refuseUnless(made.toString("hex") === stretched, "wrong")
    }
    if (place !== undefined && stretched !== undefined) {
      const whole = new Uint8Array(PLACE_BYTES)
      whole.set(hex(place))
      const opened = await openPlace(whole, hex(stretched), p)
      refuseUnless(opened !== null && opened.kind === kind && toHex(opened.key) === key, "wrong")
    }
    if (part !== undefined) {
      const { vaultKey, file, name, sealed, plaintext } = part
      const opened = await openPart(partKey(hex(vaultKey), file, name), hex(sealed), p)
      refuseUnless(opened !== null && toHex(opened) === plaintext, "sealed")
    }
    if (hidden !== undefined)
      refuseUnless(hiddenName(hex(hidden.vaultKey), hidden.kind, hidden.of) === hidden.name, "other")
  },
)
