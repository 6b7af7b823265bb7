import type { CellId } from "@govah/core/cell"
import { openInvitation, recipientOn } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import type { Report } from "@govah/core/report"
import { type AttachmentSource, type SealedCell, type SealedParcel, sealParcel } from "@govah/core/seal"
import { nodePrimitives as primitives } from "@govah/node"
import type { Desk } from "../desk.ts"

/** A report about nothing that happened. */
export const REPORT: Report = {
  type: "observation",
  language: "fa",
  text: "صدای تیراندازی از سمت مرز می‌آید",
  place: { name: "Saravan", province: "Sistan and Baluchestan", precision: "town" },
  period: { from: "2021-02-22", to: null, about: false },
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "all", notBefore: null },
}

/** A parcel as it leaves a unit. */
export interface TestParcel extends SealedParcel {
  /** Where replies to it begin: its own secret, or the witness's. */
  readonly reply: Uint8Array
  /** Root last. */
  readonly cells: readonly Uint8Array[]
}

/** Someone who can seal to a desk. */
export interface TestUnit {
  readonly seed: Uint8Array
  seal(over?: Partial<Report>, attachments?: readonly TestFile[]): Promise<TestParcel>
}

export interface TestFile {
  readonly type: string
  readonly bytes: Uint8Array
}

/**
 * A unit that was invited just now.
 *
 * @param secret - another invitation's secret, or null for an anonymous witness.
 * @param hand - what it seals and signs with; a faulty one makes bad signatures.
 * @param back - of a witness who can come back.
 */
export async function inviteUnit(
  desk: Desk,
  today: string,
  secret?: string | null,
  hand: Primitives = primitives,
  back?: Uint8Array,
): Promise<TestUnit> {
  const { text } = await desk.invite("test")
  const invitation = await openInvitation(text, today, primitives)
  const seed = primitives.random(32)
  return {
    seed,
    seal: (over = {}, attachments = []) =>
      seal({ ...REPORT, ...over }, attachments, {
        recipient: recipientOn(invitation.card, today),
        desk: desk.key,
        seed,
        invitation: secret === undefined ? invitation.secret : secret,
        hand,
        ...(back === undefined ? {} : { back }),
      }),
  }
}

async function seal(
  report: Report,
  files: readonly TestFile[],
  to: {
    recipient: string
    desk: string
    seed: Uint8Array
    invitation: string | null
    hand: Primitives
    back?: Uint8Array
  },
): Promise<TestParcel> {
  const attachments: AttachmentSource[] = files.map(({ type, bytes }) => ({ type, open: () => [bytes] }))
  const input = {
    report,
    attachments,
    recipients: [to.recipient],
    rules: { interopX25519: false },
    desk: to.desk,
    sender: {
      seed: to.seed,
      invitation: to.invitation,
      ...(to.back === undefined ? {} : { back: to.back }),
    },
  }
  const cells: Uint8Array[] = []
  const sealing = sealParcel(input, to.hand)
  for (;;) {
    const next: IteratorResult<SealedCell, SealedParcel> = await sealing.next()
    if (next.done === true)
      return { ...next.value, cells, reply: (next.value.reply ?? to.back) as Uint8Array }
    cells.push(next.value.bytes.slice())
  }
}

/** The secret that an invitation carries. */
export async function secretOf(invitation: string, today: string): Promise<string> {
  return (await openInvitation(invitation, today, primitives)).secret
}

/** One cell of a parcel by its name. */
export function cellOf(parcel: TestParcel, id: CellId): Uint8Array {
  return parcel.cells[parcel.cellIds.indexOf(id)] as Uint8Array
}

/** Primitives whose signatures are all wrong. */
export const FAULTY_SIGNER: Primitives = {
  ...primitives,
  sign: async (seed, message) => {
    const signature = (await primitives.sign(seed, message)).slice()
    signature[9] = (signature[9] as number) ^ 1
    return signature
  },
}
