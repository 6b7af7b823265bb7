import { fromBase64Url, toBase64Url, utf8Bytes } from "@govah/core/bytes"
import { ADMISSION_DAYS } from "../limits.ts"
import { RelayError } from "../relay-error.ts"
import type { AdmissionKind, RelayStore, StoredAdmission } from "../store/port.ts"

/** Whom to admit. */
export interface AdmissionRequest {
  /** The desk's verify key, base64url of 32 bytes; or, of another relay, any name that its operator gives it here. */
  readonly deskKey: string
  /** What it may do: `desk` unless said. A `mirror` is another relay: it reads, and syncs. */
  readonly kind?: AdmissionKind
  /** Days from today that the capability lasts, 1 to {@link ADMISSION_DAYS}; the longest unless said. */
  readonly days?: number
}

/** A capability that is in force. The capability itself is known to its desk alone. */
export interface Admission {
  readonly deskKey: string
  readonly kind: AdmissionKind
  /** The last day, in days since 1970-01-01. */
  readonly untilDay: number
}

/**
 * Admits a desk: it may pull everything and publish its feed until its term ends. Made anew for each term; an older
 * capability of the same desk stays until its own term ends.
 *
 * @returns the capability, base64url of 32 random bytes. It is shown once: the store keeps only its SHA-256.
 * @throws RelayError `bad-desk-key`, `bad-term`.
 */
export async function admit(store: RelayStore, request: AdmissionRequest): Promise<string> {
  const days = request.days ?? ADMISSION_DAYS
  if (!Number.isInteger(days) || days < 1 || days > ADMISSION_DAYS) {
    throw new RelayError("bad-term", `a term lasts 1 to ${ADMISSION_DAYS} days`)
  }
  const { primitives } = store.deps
  const key =
    request.kind === "mirror" ? await relayKey(store, request.deskKey) : requireDeskKey(request.deskKey)
  const secret = primitives.random(CAPABILITY_BYTES)
  const capabilityHash = await primitives.sha256(secret)
  const untilDay = store.today() + days
  await store.admissions.add({ capabilityHash, key, kind: request.kind ?? "desk", untilDay })
  return toBase64Url(secret)
}

/** Ends every capability of a desk at once. @returns how many there were. */
export async function forgetAdmission(store: RelayStore, deskKey: string): Promise<number> {
  return await store.admissions.remove(requireDeskKey(deskKey))
}

/** The capabilities in force, by desk. */
export async function listAdmissions(store: RelayStore): Promise<Admission[]> {
  const admissions = await store.admissions.inForce(store.today())
  return admissions.map(({ key, kind, untilDay }) => ({ deskKey: toBase64Url(key), kind, untilDay }))
}

/**
 * Who asks, by the capability in an `Authorization` header, or null. A missing or broken one is looked up like any
 * other, so that the time does not tell them apart.
 *
 * @param received - the header as it came, or undefined.
 */
export async function findAdmission(
  store: RelayStore,
  received: string | undefined,
): Promise<StoredAdmission | null> {
  const claimed = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(received ?? "")?.[1]
  const secret = (claimed === undefined ? null : fromBase64Url(claimed)) ?? new Uint8Array(CAPABILITY_BYTES)
  return await store.admissions.find(await store.deps.primitives.sha256(secret), store.today())
}

/** 32 bytes of a base64url key, or null. */
export function parseDeskKey(text: string): Uint8Array | null {
  const key = fromBase64Url(text)
  return key?.length === 32 ? key : null
}

const CAPABILITY_BYTES = 32

/** Relays have no keys: what stands in a key's place is a hash of the name that the operator gave. */
async function relayKey({ deps }: RelayStore, name: string): Promise<Uint8Array> {
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw new RelayError(
      "bad-relay-name",
      "a relay's name here is 1 to 64 letters, digits or signs, without spaces",
    )
  }
  return await deps.primitives.sha256(utf8Bytes(`govah admitted relay ${name}`))
}

function requireDeskKey(text: string): Uint8Array {
  const key = parseDeskKey(text)
  if (key === null) throw new RelayError("bad-desk-key", "a desk's verify key is 43 characters of base64url")
  return key
}
