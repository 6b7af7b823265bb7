import { existsSync } from "node:fs"
import { equalBytes } from "@govah/core/bytes"
import {
  formatVerifierKey,
  LogError,
  type MerkleTree,
  openCheckpoint,
  type VerifierKey,
} from "@govah/core/log"
import { verifyEd25519 } from "../ed25519.ts"
import { CHECKPOINT_PATH, KEY_PATH } from "../log/log-paths.ts"
import { siblingsOf } from "../replace-folder.ts"
import { checkEntries } from "./check-entries.ts"
import { checkFiles } from "./check-files.ts"
import { checkSignature } from "./check-signature.ts"
import { checkTree } from "./check-tree.ts"
import { openFolder } from "./folder.ts"
import type { Check, Verdict } from "./verdict.ts"

export interface VerifyOptions {
  /** The log's verifier key from a source other than the folder: print, a second site, a person. */
  readonly vkey?: string | null
  /** A checkpoint of this log that the reader kept from before: the folder must contain all that it promised. */
  readonly earlierCheckpoint?: Uint8Array | null
}

/**
 * Judges a copy of an archive, offline, and names every file that was changed, removed or added.
 *
 * Reads only. It shows that the folder is what its makers signed, and nothing about whether what they say is true. It cannot see
 * that a copy is old: that takes an `earlierCheckpoint`, or another copy to compare with.
 *
 * @param directory - hostile.
 * @throws what the disk says where a file cannot be read.
 */
export async function verifyArchive(directory: string, options: VerifyOptions = {}): Promise<Verdict> {
  const given = options.vkey ?? null
  const keySource = given === null ? "folder" : "given"
  if (!existsSync(directory)) return verdict([missingFolder(directory)], { keySource })
  const folder = await openFolder(directory)
  if (!folder.paths.some((path) => path.startsWith("log/")))
    return verdict(
      [{ name: "folder", result: "fail", why: "There is no log here: this is not an archive." }],
      { keySource },
    )
  const signature = await checkSignature(folder, given)
  const tree = await checkTree(folder, signature.checkpoint)
  const entries = await checkEntries(folder, tree.entries)
  const logPaths = new Set([CHECKPOINT_PATH, KEY_PATH, ...tree.expected, ...entries.expected])
  const files = await checkFiles(folder, entries.edition, logPaths)
  const earlier = options.earlierCheckpoint ?? null
  const past = earlier === null ? [] : [await checkPast(earlier, signature.key, tree.tree)]
  return verdict([...signature.checks, ...tree.checks, ...past, ...entries.checks, ...files], {
    keySource,
    vkey: signature.key === null ? null : formatVerifierKey(signature.key),
    logSize: tree.size,
    edition:
      entries.edition === null ? null : { number: entries.edition.edition, made: entries.edition.made },
  })
}

function verdict(checks: readonly Check[], rest: Partial<Verdict> & Pick<Verdict, "keySource">): Verdict {
  const failures = checks.filter((check) => check.result === "fail")
  const passed = (name: Check["name"]): boolean => checks.some((c) => c.name === name && c.result === "pass")
  const failed = [...new Set(failures.flatMap((check) => check.path ?? []))].sort()
  const ok = failures.length === 0 && passed("checkpoint") && passed("root") && passed("manifest")
  return { edition: null, logSize: 0, vkey: null, ...rest, ok, checks, failed }
}

async function checkPast(
  earlier: Uint8Array,
  key: VerifierKey | null,
  tree: MerkleTree | null,
): Promise<Check> {
  const name = "append-only"
  if (key === null || tree === null)
    return { name, result: "not-applicable", why: "There is no key or no whole log." }
  try {
    const { size, root } = await openCheckpoint(earlier, key, verifyEd25519)
    if (size <= tree.size && equalBytes(tree.root(size), root))
      return { name, result: "pass", why: `The ${size} entries promised earlier are all here, unchanged.` }
    return {
      name,
      path: CHECKPOINT_PATH,
      result: "fail",
      why: `The ${size} entries promised earlier are not here as promised.`,
    }
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    return { name, result: "fail", why: `The earlier checkpoint is not one of this log (${error.code}).` }
  }
}

function missingFolder(directory: string): Check {
  const { before } = siblingsOf(directory)
  const cut = existsSync(before)
  return {
    name: "folder",
    result: "fail",
    why: cut
      ? `There is no such folder: a build was cut off while it put a new one in place. The whole earlier archive lies at ${before}; build again, or rename it back.`
      : "There is no such folder.",
  }
}
