import * as v from "valibot"
import { toBase64Url } from "../bytes/index.ts"
import { RootHeadSchema } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { SealError } from "./seal-error.ts"

/** What is drawn for one parcel. None of it opens a cell. */
export interface ParcelSecrets {
  /** 16 B; known only inside the seal. */
  readonly parcel: Uint8Array
  /** 32 B each. */
  readonly forget: Uint8Array
  readonly arrived: Uint8Array
  readonly used: Uint8Array
  readonly reply: Uint8Array
}

/** What every root of the sender's says of itself. */
export type RootHead = v.InferOutput<typeof RootHeadSchema>

/** @param back - an anonymous witness's, 32 B: replies to all of their parcels are one chain. */
export function drawSecrets(primitives: Primitives, back?: Uint8Array): ParcelSecrets {
  return {
    forget: primitives.random(32),
    arrived: primitives.random(32),
    used: primitives.random(32),
    reply: back ?? primitives.random(32),
    parcel: primitives.random(16),
  }
}

/** @param senderKey - the unit's verify key, base64url. @throws SealError `bad-report`. */
export function makeHead(
  input: { readonly desk: string; readonly sender: { readonly invitation: string | null } },
  senderKey: string,
  secrets: ParcelSecrets,
): RootHead {
  const head = v.safeParse(RootHeadSchema, {
    v: 1,
    desk: input.desk,
    parcel: toBase64Url(secrets.parcel),
    sender: { key: senderKey, invitation: input.sender.invitation },
    forget: toBase64Url(secrets.forget),
    arrived: toBase64Url(secrets.arrived),
    used: toBase64Url(secrets.used),
    reply: toBase64Url(secrets.reply),
  })
  if (!head.success) throw new SealError("bad-report", "the desk's key or the invitation is damaged")
  return head.output
}

/** The secret of the parcel's own chain of replies; null where its sender has one chain for all. */
export function ownChain(
  input: { readonly sender: { readonly back?: Uint8Array } },
  { reply }: ParcelSecrets,
): Uint8Array | null {
  return input.sender.back === undefined ? reply : null
}
