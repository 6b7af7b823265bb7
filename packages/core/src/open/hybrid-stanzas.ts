import { fromBase64NoPad } from "../bytes/index.ts"
import { MAX_HEADER_BYTES } from "../parcel/index.ts"

/** What one recipient of a post-quantum hybrid has to open. */
export interface HybridStanza {
  /** The stanza's argument. */
  readonly share: Uint8Array
  /** Its body. */
  readonly wrapped: Uint8Array
}

/**
 * The hybrid stanzas in the header of an age file, without judging anything else in it: for asking quickly whether a key
 * fits, before the library opens what does. Stanzas that cannot be read are left out, as the library refuses them.
 *
 * @param file - attacker-controlled; only its first {@link MAX_HEADER_BYTES} are read.
 */
export function hybridStanzas(file: Uint8Array): readonly HybridStanza[] {
  const head = String.fromCharCode(...file.subarray(0, MAX_HEADER_BYTES))
  const stanzas: HybridStanza[] = []
  for (const [, argument, body] of head.matchAll(/\n-> mlkem768x25519 ([^\n ]+)\n([^\n]*)(?=\n)/g)) {
    const share = fromBase64NoPad(argument as string)
    const wrapped = fromBase64NoPad(body as string)
    if (share !== null && wrapped !== null) stanzas.push({ share, wrapped })
  }
  return stanzas
}
