import { concatBytes, uint32Bytes, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"

/** Bytes of a relay's name: random, made with its store. Work for one relay is worth nothing at another. */
export const RELAY_NAME_BYTES = 16

/** Bytes of the number that is searched for. */
export const WORK_NONCE_BYTES = 8

/**
 * Most leading zero bits that a relay may ask for, and that a sender ever works for: 131,072 tries a cell in the mean, a
 * third of a second on a slow phone (`bench/work`). Without it a hostile relay could empty a phone's battery.
 */
export const MAX_WORK_BITS = 17

/** Days that the day of the work may lie before or after the relay's own. */
export const WORK_DAYS = 3

/** What work is bound to. */
export interface WorkTarget {
  /** The relay's name, {@link RELAY_NAME_BYTES}. */
  readonly relay: Uint8Array
  /** Whole days since 1970-01-01 UTC, as the relay's price says. */
  readonly day: number
}

const LABEL = utf8Bytes("govah work v1")

/** Bytes of what is hashed: label, relay, day, id, nonce. All but the last 9 fill the first block of SHA-256. */
export const WORK_MESSAGE_BYTES: number = LABEL.length + RELAY_NAME_BYTES + 4 + 32 + WORK_NONCE_BYTES

/** What is hashed, {@link WORK_MESSAGE_BYTES}. @param id - SHA-256 of the cell. Source: `spec/work.md`. */
export function workMessage({ relay, day }: WorkTarget, id: Uint8Array, nonce: Uint8Array): Uint8Array {
  return concatBytes(LABEL, relay, uint32Bytes(day), id, nonce)
}

/**
 * Whether `nonce` pays for a cell: the hash begins with at least `bits` zero bits. Two blocks of SHA-256.
 *
 * @param nonce - {@link WORK_NONCE_BYTES}, attacker-controlled.
 * @param bits - 0 to 32.
 */
export async function isPaid(
  target: WorkTarget,
  id: Uint8Array,
  nonce: Uint8Array,
  bits: number,
  primitives: Pick<Primitives, "sha256">,
): Promise<boolean> {
  const hash = await primitives.sha256(workMessage(target, id, nonce))
  const first = new DataView(hash.buffer, hash.byteOffset).getUint32(0)
  return Math.clz32(first) >= bits
}
