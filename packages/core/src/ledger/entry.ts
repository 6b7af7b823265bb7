import * as v from "valibot"
import { fromBase64Url, type Json, toBase64Url, toHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, signLine, verifyLine } from "../signed/index.ts"
import { type Act, ActSchema } from "./act.ts"
import type { Stamp } from "./clock.ts"
import { LedgerError } from "./ledger-error.ts"

/** Longest entry that is read, in bytes: a story of 200 paragraphs in two languages fits. */
export const MAX_LEDGER_ENTRY_BYTES: number = 16 * 1024 ** 2

const key32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const integer = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const EntryDocument = v.strictObject({
  v: v.literal(1),
  desk: key32,
  member: key32,
  n: v.pipe(integer, v.minValue(1)),
  previous: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  at: v.strictObject({ ms: integer, counter: integer }),
  act: ActSchema,
})

/**
 * One entry of a member's chain, as signed.
 *
 * `desk` and `member` are Ed25519 public keys (base64url, 32 B); `n` counts from 1; `previous` is the hash of the
 * member's entry before (null for 1). Source: `spec/ledger.md`.
 */
export interface EntryDocument {
  readonly v: 1
  readonly desk: string
  readonly member: string
  readonly n: number
  readonly previous: string | null
  readonly at: Stamp
  readonly act: Act
}

/** An entry and the SHA-256 of its bytes, signature included. */
export interface Entry extends EntryDocument {
  /** 64 lower-case hex digits. */
  readonly hash: string
}

/** Where a chain ends. */
export interface ChainHead {
  readonly n: number
  readonly hash: string
  readonly at: Stamp
}

/** Signs the entry that follows `head`. @param seed - the member's Ed25519 seed, 32 B. @returns the entry's bytes. */
export async function signEntry(
  input: { readonly desk: string; readonly head: ChainHead | null; readonly at: Stamp; readonly act: Act },
  seed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const document = {
    v: 1,
    desk: input.desk,
    member: toBase64Url(await primitives.publicKey(seed)),
    n: (input.head?.n ?? 0) + 1,
    previous: input.head?.hash ?? null,
    at: { ms: input.at.ms, counter: input.at.counter },
    act: input.act,
  } satisfies Json
  return await signLine("govah-entry-v1", document, seed, primitives)
}

/**
 * Reads an entry whose signature was verified when it was stored, or will be.
 *
 * @throws LedgerError `too-long`, `malformed`, `unknown-version`.
 */
export function readEntryUnverified(received: Uint8Array): EntryDocument {
  return split(received).document
}

/**
 * Reads an entry and verifies that the member that it names signed it. Whether it stands where it should is for
 * `followChain`.
 *
 * @param received - attacker-controlled.
 * @throws LedgerError `too-long`, `malformed`, `unknown-version`, `bad-signature`.
 */
export async function openEntry(received: Uint8Array, primitives: Primitives): Promise<Entry> {
  const { document, line } = split(received)
  const key = fromBase64Url(document.member)
  if (key?.length !== 32 || !(await verifyLine("govah-entry-v1", line, key, primitives))) {
    throw new LedgerError("bad-signature", `entry ${document.n} is not signed by the member that it names`)
  }
  return { ...document, hash: toHex(await primitives.sha256(received)) }
}

function split(received: Uint8Array): {
  document: EntryDocument
  line: NonNullable<ReturnType<typeof parseSignedLine>>
} {
  if (received.length > MAX_LEDGER_ENTRY_BYTES) {
    throw new LedgerError("too-long", `an entry holds at most ${MAX_LEDGER_ENTRY_BYTES} bytes`)
  }
  const line = parseSignedLine(received)
  if (line === null || line.rest.length > 0) throw new LedgerError("malformed", "not a ledger entry")
  const parsed = v.safeParse(EntryDocument, line.document)
  if (parsed.success) return { document: parsed.output, line }
  const version = (line.document as { v?: Json } | null)?.v
  if (typeof version === "number" && version > 1) {
    throw new LedgerError("unknown-version", `entry version ${version} is newer than this program`)
  }
  throw new LedgerError(
    "malformed",
    `the entry's ${v.getDotPath(parsed.issues[0]) ?? "document"} is not well-formed`,
  )
}
