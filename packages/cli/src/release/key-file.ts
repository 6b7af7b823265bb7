import { readFile, writeFile } from "node:fs/promises"
import { concatBytes, fromBase64, toBase64, toHex } from "@govah/core/bytes"
import { LogError, type NoteSigner, type VerifierKey, verifierKey } from "@govah/core/log"
import type { Primitives } from "@govah/core/primitives"
import { UsageError } from "../command.ts"

const OPENING = "PRIVATE+KEY+"
const ED25519 = Uint8Array.of(1)

/**
 * Makes a key and writes its secret half to a new file, for its owner alone: `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as
 * golang.org/x/mod/sumdb/note spells it. @returns the public half.
 *
 * @throws UsageError for a name that cannot stand in a signed note; the system's error where the file is there.
 */
export async function makeKeyFile(file: string, name: string, primitives: Primitives): Promise<VerifierKey> {
  const seed = primitives.random(32)
  const key = keyOf(name, await primitives.publicKey(seed))
  const text = `${OPENING}${key.name}+${toHex(key.id)}+${toBase64(concatBytes(ED25519, seed))}\n`
  await writeFile(file, text, { flag: "wx", mode: 0o600 })
  return key
}

/** Reads a secret key. @throws UsageError where the file holds none. */
export async function readKeyFile(file: string, primitives: Primitives): Promise<NoteSigner> {
  const text = (await readFile(file, "utf8")).trim()
  const parts = text.startsWith(OPENING)
    ? /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(text.slice(OPENING.length))
    : null
  const typed = fromBase64(parts?.[2] ?? "")
  if (parts === null || typed?.length !== 33 || typed[0] !== 1)
    throw new UsageError(`${file} holds no release key. Make one with: govah release key`)
  const seed = typed.slice(1)
  const { name, publicKey } = keyOf(parts[1] as string, await primitives.publicKey(seed))
  return { name, publicKey, sign: (message) => primitives.sign(seed, message) }
}

function keyOf(name: string, publicKey: Uint8Array): VerifierKey {
  try {
    return verifierKey(name, publicKey)
  } catch (error) {
    if (error instanceof LogError)
      throw new UsageError(`"${name}" cannot name a key: no spaces, no plus. Such as: example.org/release-1`)
    throw error
  }
}
