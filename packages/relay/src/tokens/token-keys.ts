import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  verify,
} from "node:crypto"
import { promisify } from "node:util"
import { canonicalJsonBytes, fromBase64Url, parseCanonicalJson, toBase64Url } from "@govah/core/bytes"
import { BLINDED_BYTES, encodeTokenKey, type Token, tokenChallenge, tokenInput } from "@govah/core/token"
import { RELAY_NAME_BYTES } from "@govah/core/work"
import type { RelayStore } from "../store/port.ts"

/** Days that a key signs. */
const SIGNING_DAYS = 45

/** Days that what a key has signed is taken, from the first on: two keys are in force at once. */
const KEY_DAYS = 90

/** A key in force. */
export interface TokenKey {
  /** SHA-256 of `bytes`, 32 bytes. */
  readonly id: Uint8Array
  /** As it is published (`core/token`). */
  readonly bytes: Uint8Array
  /** The first day, in days since 1970-01-01. */
  readonly fromDay: number
  /** The last day on which its tokens are taken. */
  readonly untilDay: number
  /** Signs what was blinded, without knowing what it is. @returns null where it is not below the modulus. */
  sign(blinded: Uint8Array): Uint8Array | null
  /** Whether a token was signed with it for this relay. */
  fits(token: Token): boolean
}

/** The relay's token keys, one for everybody: a key for each desk would tell whose a token is. */
export interface TokenKeys {
  /** Those in force today, the newest first; none before a desk has ever asked for one. */
  inForce(): Promise<readonly TokenKey[]>
  /** The key that signs today, made where there is none. */
  signing(): Promise<TokenKey>
}

/** Opens the keys that a store holds. They are made one after another, when somebody asks for one. */
export function openTokenKeys(store: RelayStore): TokenKeys {
  let keys: readonly TokenKey[] | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function inForce(): Promise<readonly TokenKey[]> {
    keys ??= await Promise.all((await readKept(store)).map((kept) => openKey(store, kept)))
    const today = store.today()
    return keys.filter(({ fromDay, untilDay }) => fromDay <= today && today <= untilDay)
  }

  async function signing(): Promise<TokenKey> {
    const [newest, ...others] = await inForce()
    const today = store.today()
    if (newest !== undefined && today < newest.fromDay + SIGNING_DAYS) return newest
    const made = await makeKey(today)
    const left = newest === undefined ? others : [newest, ...others]
    const kept = (await readKept(store)).filter(({ day }) => left.some(({ fromDay }) => fromDay === day))
    await store.settings.write(
      SETTING,
      canonicalJsonBytes([made, ...kept].slice(0, 2).map((one) => ({ ...one }))),
    )
    const opened = await openKey(store, made)
    keys = [opened, ...left].slice(0, 2)
    return opened
  }

  // One after another: two at once would make two keys.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
  return { inForce: () => inTurn(inForce), signing: () => inTurn(signing) }
}

async function makeKey(day: number): Promise<Kept> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicExponent: 65_537,
  })
  return { day, key: toBase64Url(privateKey.export({ type: "pkcs8", format: "der" })) }
}

const SETTING = "token-keys"

interface Kept {
  /** The first day, in days since 1970-01-01. */
  readonly day: number
  /** PKCS #8, base64url. */
  readonly key: string
}

async function readKept(store: RelayStore): Promise<readonly Kept[]> {
  const bytes = await store.settings.read(SETTING)
  return bytes === null ? [] : ((parseCanonicalJson(bytes) ?? []) as unknown as readonly Kept[])
}

async function openKey(store: RelayStore, { day, key }: Kept): Promise<TokenKey> {
  const { primitives } = store.deps
  const der = Buffer.from(fromBase64Url(key) as Uint8Array)
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
  const publicKey = createPublicKey(privateKey)
  const { n } = publicKey.export({ format: "jwk" })
  const bytes = encodeTokenKey(fromBase64Url(n as string) as Uint8Array)
  const id = await primitives.sha256(bytes)
  const name = (await store.settings.read("name")) ?? new Uint8Array(RELAY_NAME_BYTES)
  const challenge = await tokenChallenge(name, primitives)
  return {
    id,
    bytes,
    fromDay: day,
    untilDay: day + KEY_DAYS - 1,
    sign: (blinded) => signRaw(privateKey, blinded),
    fits: (token) =>
      Buffer.compare(token.key, id) === 0 &&
      Buffer.compare(token.challenge, challenge) === 0 &&
      isSigned(publicKey, token),
  }
}

// The bare RSA of a blind signature is what OpenSSL calls a decryption without padding: in constant time, and blinded
// once more inside (RFC 9474 section 4.3).
function signRaw(key: KeyObject, blinded: Uint8Array): Uint8Array | null {
  if (blinded.length !== BLINDED_BYTES) return null
  try {
    return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, blinded))
  } catch {
    return null
  }
}

function isSigned(key: KeyObject, token: Token): boolean {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return verify("sha384", tokenInput(token), { key, padding, saltLength: 48 }, token.signature)
}
