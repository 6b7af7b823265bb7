import { type Argon2Parameters, argon2 } from "node:crypto"
import { promisify } from "node:util"
import { concatBytes, fromBase64Url, toBase64Url, utf8Bytes } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import * as v from "valibot"
import { DeskError } from "../desk-error.ts"

/** Fewest characters of a passphrase. A stolen laptop can be guessed at for years. */
export const MIN_PASSPHRASE_LENGTH = 12

/** What opening costs, and with it every guess at the passphrase. */
export type GuessCost = Pick<Lock["kdf"], "memoryKib" | "passes">

/** 64 MiB and three passes: 0.3 s on a laptop, and a guess costs an attacker the same memory. */
export const GUESS_COST: GuessCost = { memoryKib: 65_536, passes: 3 }

const NONCE_BYTES = 12

const bytesText = v.pipe(
  v.string(),
  v.maxLength(200),
  v.check((text) => fromBase64Url(text) !== null),
)

const LockSchema = v.strictObject({
  v: v.literal(1),
  kdf: v.strictObject({
    name: v.literal("argon2id"),
    // Bounded: a changed file must not make this machine fill its memory or work for hours.
    memoryKib: v.pipe(v.number(), v.integer(), v.minValue(8_192), v.maxValue(4_194_304)),
    passes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
    salt: bytesText,
  }),
  wrapped: bytesText,
})

/** `desk.json`: how the passphrase opens the key of the store. It holds nothing else. Source: `spec/desk-store.md`. */
export interface Lock {
  readonly v: 1
  readonly kdf: {
    readonly name: "argon2id"
    readonly memoryKib: number
    readonly passes: number
    /** base64url of 16 B. */
    readonly salt: string
  }
  /** base64url of a nonce (12 B), then the 32-byte key under ChaCha20-Poly1305. */
  readonly wrapped: string
}

/** @param received - the text of `desk.json`. @throws DeskError `damaged`. */
export function parseLock(received: string): Lock {
  const lock = v.safeParse(LockSchema, parseJson(received))
  if (!lock.success) throw new DeskError("damaged", "desk.json is damaged: restore it from a copy")
  return lock.output
}

export function formatLock(lock: Lock): string {
  return `${JSON.stringify(lock, null, 2)}\n`
}

/**
 * Locks a key under a new passphrase.
 *
 * @param key - 32 B. The caller wipes it.
 * @throws DeskError `weak-passphrase`.
 */
export async function lockKey(
  key: Uint8Array,
  passphrase: string,
  cost: GuessCost,
  primitives: Primitives,
): Promise<Lock> {
  if (passphrase.normalize("NFC").length < MIN_PASSPHRASE_LENGTH) {
    throw new DeskError(
      "weak-passphrase",
      `a passphrase has at least ${MIN_PASSPHRASE_LENGTH} characters; five random words are better`,
    )
  }
  const kdf: Lock["kdf"] = { name: "argon2id", ...cost, salt: toBase64Url(primitives.random(16)) }
  const wrapping = await derive(passphrase, kdf)
  const nonce = primitives.random(NONCE_BYTES)
  const wrapped = concatBytes(nonce, await primitives.aeadSeal(wrapping, nonce, key))
  wrapping.fill(0)
  return { v: 1, kdf, wrapped: toBase64Url(wrapped) }
}

/** The key that was locked, 32 B; the caller wipes it. @throws DeskError `wrong-passphrase`. */
export async function unlockKey(lock: Lock, passphrase: string, primitives: Primitives): Promise<Uint8Array> {
  const wrapping = await derive(passphrase, lock.kdf)
  const wrapped = fromBase64Url(lock.wrapped) as Uint8Array
  const key = await primitives.aeadOpen(
    wrapping,
    wrapped.subarray(0, NONCE_BYTES),
    wrapped.subarray(NONCE_BYTES),
  )
  wrapping.fill(0)
  if (key?.length !== 32) {
    throw new DeskError("wrong-passphrase", "the passphrase is wrong, or desk.json was changed")
  }
  return key
}

const deriveKey: (algorithm: "argon2id", parameters: Argon2Parameters) => Promise<Buffer> = promisify(argon2)

async function derive(passphrase: string, kdf: Lock["kdf"]): Promise<Uint8Array> {
  return await deriveKey("argon2id", {
    // Two keyboards can write one Persian letter in two ways.
    message: utf8Bytes(passphrase.normalize("NFC")),
    nonce: fromBase64Url(kdf.salt) as Uint8Array,
    parallelism: 1,
    tagLength: 32,
    memory: kdf.memoryKib,
    passes: kdf.passes,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
