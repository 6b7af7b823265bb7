import { canonicalJson, equalBytes, type Json, utf8Bytes } from "@govah/core/bytes"
import { LogError, openEntry, openWholeEntry } from "@govah/core/log"
import type { Publication } from "@govah/core/publication"
import { latestRevisions, publicationsJson } from "../data/publications-json.ts"
import { parseDisclosures } from "../log/disclosures.ts"
import { type Edition, readEdition, readPublication, readWithdrawal } from "../log/entry-kinds.ts"
import { disclosuresFile } from "../log/log-paths.ts"
import type { Folder } from "./folder.ts"
import type { Check } from "./verdict.ts"

/** What the disclosures beside the log tell. */
export interface EntriesFinding {
  readonly checks: readonly Check[]
  /** What the last entry commits to, or null where that cannot be known. */
  readonly edition: Edition | null
  readonly expected: ReadonlySet<string>
}

const PUBLICATIONS = "data/publications.json"

/** Opens every entry with what lies beside it. The last entry must be an edition that hides nothing. */
export async function checkEntries(
  folder: Folder,
  entries: readonly (Uint8Array | null)[],
): Promise<EntriesFinding> {
  const checks: Check[] = []
  const opened: (ReadonlyMap<string, Json> | null)[] = []
  const missing: number[] = []
  for (const [index, entry] of entries.entries()) {
    const path = disclosuresFile(index)
    const bytes = await folder.read(path)
    const texts = bytes === null ? null : parseDisclosures(bytes)
    opened.push(null)
    if (bytes === null) missing.push(index)
    else if (texts === null) checks.push(fail(path, "Malformed."))
    else if (entry === null) checks.push(na(path, "The entry that it opens cannot be read."))
    else {
      try {
        opened[index] = (index === entries.length - 1 ? openWholeEntry : openEntry)(entry, texts)
        checks.push({ name: "disclosures", path, result: "pass", why: `Opens entry ${index}.` })
      } catch (error) {
        if (!(error instanceof LogError)) throw error
        checks.push(fail(path, `Does not open entry ${index} (${error.code}).`))
      }
    }
  }
  const withdrawn = new Set(
    opened.flatMap((fields) => (fields === null ? [] : (readWithdrawal(fields) ?? []))),
  )
  for (const index of missing) {
    const path = disclosuresFile(index)
    checks.push(
      withdrawn.has(index) ? na(path, `Entry ${index} was withdrawn.`) : fail(path, "The file is missing."),
    )
  }
  const last = opened.at(-1) ?? null
  const edition = last === null ? null : readEdition(last)
  checks.push(editionCheck(last, edition, entries.length))
  const readable = opened.every((fields, i) => fields !== null || withdrawn.has(i))
  const told = opened.flatMap((fields) => (fields === null ? [] : (readPublication(fields) ?? [])))
  checks.push(await publicationsCheck(folder, readable ? told : null))
  const expected = new Set(entries.map((_, index) => disclosuresFile(index)))
  for (const index of withdrawn) expected.delete(disclosuresFile(index))
  return { checks, edition, expected }
}

function editionCheck(last: ReadonlyMap<string, Json> | null, edition: Edition | null, size: number): Check {
  const path = disclosuresFile(Math.max(size - 1, 0))
  if (size === 0) return { name: "edition", result: "fail", why: "The log is empty." }
  if (last === null)
    return { name: "edition", result: "not-applicable", why: "The last entry cannot be opened." }
  if (edition === null)
    return { name: "edition", path, result: "fail", why: "The last entry is not an edition." }
  return {
    name: "edition",
    path,
    result: "pass",
    why: `Edition ${edition.edition}, made on ${edition.made}.`,
  }
}

// The pages are made from the publications; that these are what the log's entries disclose is checked word by word.
async function publicationsCheck(folder: Folder, told: readonly Publication[] | null): Promise<Check> {
  const name = "publications"
  const path = PUBLICATIONS
  if (told === null) return { name, path, result: "not-applicable", why: "Not every entry could be opened." }
  const bytes = await folder.read(path)
  if (
    bytes !== null &&
    equalBytes(bytes, utf8Bytes(`${canonicalJson(publicationsJson(latestRevisions(told)))}\n`))
  )
    return {
      name,
      path,
      result: "pass",
      why: `${told.length} revisions, the latest of each as the log discloses it.`,
    }
  return { name, path, result: "fail", why: "It is not what the log's entries disclose." }
}

function fail(path: string, why: string): Check {
  return { name: "disclosures", path, result: "fail", why }
}

function na(path: string, why: string): Check {
  return { name: "disclosures", path, result: "not-applicable", why }
}
