// What the age library can do and a phone never does is left out of its worker: a tenth of its weight.
import type { Plugin } from "vite"

/** Calls at the top of @noble/post-quantum whose results nobody uses, and which bundlers keep unless told that they do nothing else. */
export const PURE: readonly string[] = ["QSF", "ecdhKem", "createKitchenSink"]

const WHOLE: readonly (readonly [line: string, instead: string])[] = [
  [
    'import { ScryptIdentity, ScryptRecipient } from "./recipients.js";',
    "const ScryptIdentity = leftOut, ScryptRecipient = leftOut;",
  ],
  [
    'import { TagRecipient, HybridTagRecipient } from "./recipients.js";',
    "const TagRecipient = leftOut, HybridTagRecipient = leftOut;",
  ],
]

/**
 * Takes recipients by passphrase and on hardware keys (and with those the NIST curves) out of `age-encryption`: cards name
 * hybrid recipients alone (`spec/card.md`), and any other is refused before the library sees it. Another version of the library
 * stops the build here, to be looked at.
 */
export function leaveOut(): Plugin {
  return {
    name: "leave-out",
    transform(code, id) {
      if (!id.endsWith("/age-encryption/dist/index.js")) return null
      let text = code
      for (const [line, instead] of WHOLE) {
        if (!text.includes(line)) throw new Error(`age-encryption has changed: no ${line}`)
        text = text.replace(line, instead)
      }
      return `${text}\nfunction leftOut() { throw new TypeError("not in this build"); }\n`
    },
  }
}
