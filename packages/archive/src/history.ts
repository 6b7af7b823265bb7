import { existsSync, readdirSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { equalBytes } from "@govah/core/bytes"
import { formatVerifierKey, type NoteSigner, verifierKey } from "@govah/core/log"
import { formatPublication, type Publication } from "@govah/core/publication"
import { ArchiveError } from "./archive-error.ts"
import { type ArchiveLog, type LoggedEntry, readVerifiedLog, tellEntries } from "./log/archive-log.ts"
import type { Edition } from "./log/entry-kinds.ts"
import { CHECKPOINT_PATH } from "./log/log-paths.ts"
import { verifyArchive } from "./verify/verify.ts"

/** What the log held before this build. */
export interface History {
  readonly log: ArchiveLog | null
  /** The last edition and the index of its entry. */
  readonly edition: { readonly edition: Edition; readonly index: number } | null
  /** Every revision that lies open in the log, with its index. */
  readonly published: readonly { readonly publication: Publication; readonly index: number }[]
}

/**
 * Reads the log that a build continues.
 *
 * Pages and pictures of `previous` may be damaged, since the build makes them anew; its log may not.
 *
 * @param folder - what the build will replace; where it holds an archive, the new log must begin with that one's.
 * @throws ArchiveError `log-not-verified`, `not-an-archive`, `would-rewrite`.
 */
export async function readHistory(
  previous: string | null,
  folder: string,
  signer: NoteSigner,
): Promise<History> {
  const vkey = formatVerifierKey(verifierKey(signer.name, signer.publicKey))
  const isEmpty = existsSync(folder) && readdirSync(folder).length === 0
  const continues = previous !== null && !(isEmpty && realpathSync(previous) === realpathSync(folder))
  const log = continues ? await readLog(previous, vkey) : null
  if (existsSync(folder) && !isEmpty) {
    if (!existsSync(join(folder, CHECKPOINT_PATH)))
      throw new ArchiveError(
        "not-an-archive",
        "the folder to build in holds something that is not an archive",
      )
    const isSame = previous !== null && realpathSync(previous) === realpathSync(folder)
    if (!isSame) checkPrefix(await readLog(folder, vkey), log)
  }
  if (log === null) return { log, edition: null, published: [] }
  const told = tellEntries(log.entries)
  const editions = told.filter((entry) => entry.kind === "edition")
  return {
    log,
    edition: editions.at(-1) ?? null,
    published: told.filter((entry) => entry.kind === "publication"),
  }
}

async function readLog(folder: string, vkey: string): Promise<ArchiveLog> {
  const { checks } = await verifyArchive(folder, { vkey })
  const logged = ["folder", "key", "checkpoint", "root", "entries", "tile", "disclosures", "edition"]
  const broken = checks.find((check) => check.result === "fail" && logged.includes(check.name))
  if (broken !== undefined)
    throw new ArchiveError(
      "log-not-verified",
      `the log to continue fails at ${broken.path ?? broken.name}: ${broken.why}`,
    )
  return readVerifiedLog(folder)
}

function checkPrefix(standing: ArchiveLog, continued: ArchiveLog | null): void {
  const ours: readonly LoggedEntry[] = continued?.entries ?? []
  const isPrefix = standing.entries.every(({ entry }, i) => {
    const same = ours[i]?.entry
    return same !== undefined && equalBytes(same, entry)
  })
  if (!isPrefix)
    throw new ArchiveError(
      "would-rewrite",
      `the folder to build in holds a log of ${standing.entries.length} entries that the new one would not contain`,
    )
}

/**
 * The publications that are not yet in the log, in the order given.
 *
 * @param withdrawn - ids to be withdrawn: they may be missing from `publications`, and must be.
 * @throws ArchiveError `revision-changed`, `would-rewrite` (an older revision than one logged), `would-drop`, `duplicate-id`.
 */
export function newPublications(
  history: History,
  publications: readonly Publication[],
  withdrawn: ReadonlySet<string>,
): Publication[] {
  const logged = new Map<string, string>()
  const newest = new Map<string, number>()
  for (const { publication: p } of history.published) {
    logged.set(revisionKey(p), formatPublication(p))
    newest.set(p.id, Math.max(newest.get(p.id) ?? 0, p.revision))
  }
  const given = new Set<string>()
  for (const p of publications) {
    if (given.has(revisionKey(p))) throw new ArchiveError("duplicate-id", `${revisionKey(p)} is given twice`)
    given.add(revisionKey(p))
    if (withdrawn.has(p.id)) throw new ArchiveError("would-rewrite", `${p.id} is both given and withdrawn`)
  }
  const highestGiven = new Map<string, number>()
  for (const { id, revision } of publications)
    highestGiven.set(id, Math.max(highestGiven.get(id) ?? 0, revision))
  for (const [id, revision] of newest) {
    const highest = highestGiven.get(id)
    if (highest === undefined && !withdrawn.has(id))
      throw new ArchiveError("would-drop", `${id} is in the log and was not given: give it, or withdraw it`)
    if (highest !== undefined && highest < revision)
      throw new ArchiveError(
        "would-rewrite",
        `${id} is in the log as revision ${revision}, given only as ${highest}`,
      )
  }
  return publications.filter((p) => {
    const before = logged.get(revisionKey(p))
    if (before !== undefined && before !== formatPublication(p))
      throw new ArchiveError(
        "revision-changed",
        `${revisionKey(p)} is in the log with other content: a change is a new revision`,
      )
    if (before === undefined && p.revision < (newest.get(p.id) ?? 0))
      throw new ArchiveError("would-rewrite", `${revisionKey(p)} is older than what is in the log`)
    return before === undefined
  })
}

function revisionKey(publication: Publication): string {
  return `${publication.id} revision ${publication.revision}`
}
