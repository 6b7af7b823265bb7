import { toBase64Url, utf8Bytes, utf8Text } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { DeskError } from "../desk-error.ts"
import type { Store } from "../store/store.ts"

// Root and successor belong offline, with a threshold of people; until that is built they lie under the passphrase.
const SEEDS = ["root-seed", "successor-seed", "log-seed", "member-seed"] as const

/** A secret of the desk, Ed25519 seed of 32 B. */
export type SeedName = (typeof SEEDS)[number]

/** Draws all seeds of a new desk and keeps its name. */
export function makeSecrets(store: Store, name: string, primitives: Primitives): void {
  for (const seed of SEEDS) {
    store.run("INSERT INTO secret (name, value) VALUES (?, ?)", seed, primitives.random(32))
  }
  store.run("INSERT INTO secret (name, value) VALUES ('name', ?)", utf8Bytes(name))
}

/** A copy; the caller wipes it. */
export function readSeed(store: Store, name: SeedName): Uint8Array {
  return readSecret(store, name)
}

/** What the desk is called in its card. */
export function readName(store: Store): string {
  return utf8Text(readSecret(store, "name")) ?? ""
}

/** Signs with a seed that is read for this alone and wiped after. */
export async function withSeed<T>(
  store: Store,
  name: SeedName,
  use: (seed: Uint8Array) => Promise<T>,
): Promise<T> {
  const seed = readSeed(store, name)
  try {
    return await use(seed)
  } finally {
    seed.fill(0)
  }
}

/** The public half of a seed, base64url. */
export async function publicText(store: Store, name: SeedName, primitives: Primitives): Promise<string> {
  return await withSeed(store, name, async (seed) => toBase64Url(await primitives.publicKey(seed)))
}

function readSecret(store: Store, name: string): Uint8Array {
  const row = store.get<{ value: Buffer }>("SELECT value FROM secret WHERE name = ?", name)
  if (row === undefined) throw new DeskError("damaged", `the store lacks its ${name}`)
  return new Uint8Array(row.value)
}
