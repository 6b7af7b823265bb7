import { utf8Bytes, utf8Text } from "@govah/core/bytes"
import {
  type Checkpoint,
  formatVerifierKey,
  LogError,
  openCheckpoint,
  parseVerifierKey,
  type VerifierKey,
} from "@govah/core/log"
import { verifyEd25519 } from "../ed25519.ts"
import { CHECKPOINT_PATH, KEY_PATH } from "../log/log-paths.ts"
import type { Folder } from "./folder.ts"
import type { Check } from "./verdict.ts"

/** What came of looking at key and checkpoint. */
export interface SignatureFinding {
  readonly checks: readonly Check[]
  /** Null where the checkpoint is not signed by the key. */
  readonly checkpoint: Checkpoint | null
  readonly key: VerifierKey | null
}

/** Checks `log/key` against the key given, if any, and `log/checkpoint` with the better of the two. */
export async function checkSignature(folder: Folder, givenVkey: string | null): Promise<SignatureFinding> {
  const checks: Check[] = []
  const given = givenVkey === null ? null : parseKey(givenVkey)
  if (givenVkey !== null && given === null)
    checks.push({ name: "key", result: "fail", why: "The key given for this check is not a verifier key." })
  const lying = await folder.read(KEY_PATH)
  const text = lying === null ? null : utf8Text(lying)
  const own = text === null ? null : parseKey(text.replace(/\n$/, ""))
  const exact = own !== null && sameBytes(lying, utf8Bytes(`${formatVerifierKey(own)}\n`))
  if (lying === null) checks.push(fail("key", KEY_PATH, "The file is missing."))
  else if (own === null || !exact)
    checks.push(fail("key", KEY_PATH, "This is not a verifier key on one line."))
  else if (given !== null && formatVerifierKey(given) !== formatVerifierKey(own))
    checks.push(fail("key", KEY_PATH, "The folder names another key than the one given for this check."))
  else if (given !== null)
    checks.push({
      name: "key",
      path: KEY_PATH,
      result: "pass",
      why: "The key in the folder is the key given.",
    })
  else if (givenVkey === null)
    checks.push({
      name: "key",
      path: KEY_PATH,
      result: "not-applicable",
      why: "Checked only against the key in the folder itself: compare it with the printed one.",
    })
  const key = given ?? (givenVkey === null && exact ? own : null)
  return { ...(await checkCheckpoint(folder, key, checks)), key }
}

async function checkCheckpoint(
  folder: Folder,
  key: VerifierKey | null,
  checks: Check[],
): Promise<Omit<SignatureFinding, "key">> {
  const path = CHECKPOINT_PATH
  const bytes = await folder.read(path)
  if (bytes === null) checks.push(fail("checkpoint", path, "The file is missing."))
  else if (key === null)
    checks.push({
      name: "checkpoint",
      path,
      result: "not-applicable",
      why: "There is no key to check it with.",
    })
  else {
    try {
      const checkpoint = await openCheckpoint(bytes, key, verifyEd25519)
      const why = `Signed by ${key.name}: ${checkpoint.size} entries.`
      return { checks: [...checks, { name: "checkpoint", path, result: "pass", why }], checkpoint }
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      checks.push(fail("checkpoint", path, `Not a checkpoint signed by this log's key (${error.code}).`))
    }
  }
  return { checks, checkpoint: null }
}

function parseKey(text: string): VerifierKey | null {
  try {
    return parseVerifierKey(text.trim() === text ? text : "")
  } catch {
    return null
  }
}

function sameBytes(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.compare(a, b) === 0
}

function fail(name: Check["name"], path: string, why: string): Check {
  return { name, path, result: "fail", why }
}
