import { equalBytes, toHex, utf8Bytes } from "@govah/core/bytes"
import {
  formatVerifierKey,
  leafHash,
  makeEntry,
  type NoteSigner,
  signCheckpoint,
  verifierKey,
} from "@govah/core/log"
import {
  formatPublication,
  type LocalText,
  type Publication,
  parsePublication,
} from "@govah/core/publication"
import { ArchiveError } from "./archive-error.ts"
import { latestRevisions } from "./data/publications-json.ts"
import { dataFiles } from "./data/tables.ts"
import { type ArchiveDisk, nodeDisk } from "./disk.ts"
import { sha256Hex } from "./ed25519.ts"
import { type History, newPublications, readHistory } from "./history.ts"
import { disclosureFiles, type LoggedEntry, tellEntries, tileFiles, treeOf } from "./log/archive-log.ts"
import { type Edition, editionFields, publicationFields, withdrawalFields } from "./log/entry-kinds.ts"
import { CHECKPOINT_PATH, KEY_PATH } from "./log/log-paths.ts"
import { formatManifest, MANIFEST } from "./manifest.ts"
import { renderPages } from "./pages/render.ts"
import { makeSite, type Proof } from "./pages/site.ts"
import { type Files, replaceFolder, settleFolder } from "./replace-folder.ts"

/** Seconds since 1970, UTC. */
export type UnixSeconds = number

export interface ArchiveInput {
  /** All that is to be public, in every revision the desk has or only the latest; never fewer ids than the log knows. */
  readonly publications: readonly Publication[]
  /** Bytes by SHA-256 in hex: every picture that a latest revision names. Others are left out. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
  readonly archiveName: LocalText
  /** The log's name, the same as the signer's. */
  readonly origin: string
  readonly signer: NoteSigner
  /** The platform's cryptographic generator. */
  readonly random: (byteLength: number) => Uint8Array
  /** Only the day of it is published. */
  readonly madeAt: UnixSeconds
  /** The words of the desk's card, to be compared with print. */
  readonly cardWords?: readonly string[] | null
  /** The folder whose log this build continues, usually the same as the one built; null for the first edition. */
  readonly previous: string | null
  /** Ids whose words must disappear for somebody's safety. Their commitments stay in the log. */
  readonly withdrawn?: readonly string[]
}

/** What a build did. */
export interface ArchiveBuilt {
  readonly edition: number
  /** Entries in the log. */
  readonly logSize: number
  /** Entries that this build added; 0 where nothing had changed. */
  readonly added: number
  readonly files: number
  readonly bytes: number
  /** For print. */
  readonly vkey: string
}

/**
 * Builds the archive in `folder`: all or nothing, and the log only ever grows.
 *
 * A build of what is already there adds nothing and gives the same bytes. When it returns, the archive is durable. A crash or a
 * full disk leaves the earlier archive whole. One build of a folder at a time.
 *
 * @throws ArchiveError; PublicationError for a publication that must not be published; LogError for a signer that does not fit
 * `origin`; what the disk says.
 */
export async function buildArchive(
  input: ArchiveInput,
  folder: string,
  disk: ArchiveDisk = nodeDisk,
): Promise<ArchiveBuilt> {
  const publications = input.publications.map((p) => parsePublication(formatPublication(p)))
  const restored = await settleFolder(folder, disk)
  // A caller who saw no folder, since a build had been cut off, asked for a first edition of what was there all along.
  const history = await readHistory(input.previous ?? (restored ? folder : null), folder, input.signer)
  const entries = await continuedEntries(input, history, publications)
  const latest = latestRevisions(publications)
  if (latest.length === 0) throw new ArchiveError("nothing-to-publish", "there is no publication to show")
  const before = history.log?.entries ?? []
  const fixed = fixedFiles(input, latest)
  const standing = entries.length === before.length && history.edition !== null ? history.edition : null
  const files = new Map<string, Uint8Array>()
  let edition = standing?.edition ?? null
  if (standing !== null) addContent(files, input, latest, entries, fixed, standing.edition, standing.index)
  const isUnchanged = edition !== null && sha256Hex(formatManifest(files)) === edition.manifest
  if (!isUnchanged) {
    const next = { edition: (history.edition?.edition.edition ?? 0) + 1, made: utcDay(input.madeAt) }
    files.clear()
    addContent(files, input, latest, entries, fixed, next, entries.length)
    edition = committed(next, files, input.origin)
    entries.push(makeEntry(editionFields(edition), input.random))
  }
  const manifest = formatManifest(files)
  files.set(MANIFEST, manifest)
  const tree = treeOf(entries)
  for (const [path, bytes] of disclosureFiles(entries, entries.length - 1, entries.length))
    files.set(path, bytes)
  for (const [path, bytes] of tileFiles(entries, tree)) files.set(path, bytes)
  const checkpoint = { origin: input.origin, size: tree.size, root: tree.root() }
  const signed = isUnchanged ? null : await signCheckpoint(checkpoint, input.signer)
  files.set(CHECKPOINT_PATH, signed ?? (history.log?.checkpoint as Uint8Array))
  await replaceFolder(folder, files, disk)
  return {
    edition: edition?.edition ?? 1,
    logSize: tree.size,
    added: entries.length - before.length,
    files: files.size,
    bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    vkey: vkeyOf(input),
  }
}

// The log before, less what opens the withdrawn, and one entry for each new revision and for the withdrawal.
async function continuedEntries(
  input: ArchiveInput,
  history: History,
  publications: readonly Publication[],
): Promise<LoggedEntry[]> {
  const withdrawn = new Set(input.withdrawn ?? [])
  const closed = history.published
    .filter(({ publication }) => withdrawn.has(publication.id))
    .map(({ index }) => index)
  const entries: LoggedEntry[] = (history.log?.entries ?? []).map((logged, index) =>
    closed.includes(index) ? { entry: logged.entry, disclosures: null } : logged,
  )
  for (const publication of newPublications(history, publications, withdrawn))
    entries.push(makeEntry(publicationFields(publication), input.random))
  if (closed.length > 0) entries.push(makeEntry(withdrawalFields(closed), input.random))
  return entries
}

// All files that MANIFEST lists.
function addContent(
  files: Map<string, Uint8Array>,
  input: ArchiveInput,
  latest: readonly Publication[],
  entries: readonly LoggedEntry[],
  fixed: Files,
  { edition, made }: Pick<Edition, "edition" | "made">,
  editionIndex: number,
): void {
  const site = makeSite(latest, {
    name: input.archiveName,
    vkey: vkeyOf(input),
    cardWords: input.cardWords ?? null,
    edition: { number: edition, made, logSize: editionIndex + 1 },
    proofs: proofsOf(entries),
  })
  for (const part of [renderPages(site), fixed, disclosureFiles(entries, 0, editionIndex)])
    for (const [path, bytes] of part) files.set(path, bytes)
}

function proofsOf(entries: readonly LoggedEntry[]): Map<string, Proof> {
  const proofs = new Map<string, Proof & { readonly revision: number }>()
  for (const told of tellEntries(entries)) {
    if (
      told.kind !== "publication" ||
      (proofs.get(told.publication.id)?.revision ?? 0) > told.publication.revision
    )
      continue
    const leaf = toHex(leafHash((entries[told.index] as LoggedEntry).entry))
    proofs.set(told.publication.id, { index: told.index, leaf, revision: told.publication.revision })
  }
  return proofs
}

// What does not depend on the edition: data, pictures and the key.
function fixedFiles(input: ArchiveInput, latest: readonly Publication[]): Files {
  const files = new Map<string, Uint8Array>(dataFiles(latest))
  for (const publication of latest)
    for (const { sha256 } of publication.type === "story" ? [] : publication.pictures) {
      const bytes = input.pictures.get(sha256)
      if (bytes === undefined)
        throw new ArchiveError("missing-picture", `${publication.id} names a picture not given`)
      if (sha256Hex(bytes) !== sha256 || !isJpeg(bytes))
        throw new ArchiveError(
          "wrong-picture",
          `${publication.id}: ${bytes.length} bytes are not the picture named`,
        )
      files.set(`m/${sha256}.jpg`, bytes)
    }
  files.set(KEY_PATH, utf8Bytes(`${vkeyOf(input)}\n`))
  return files
}

function isJpeg(bytes: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, 3), Uint8Array.of(0xff, 0xd8, 0xff))
}

function committed(next: Pick<Edition, "edition" | "made">, files: Files, origin: string): Edition {
  const manifest = formatManifest(files)
  return { ...next, files: files.size, manifest: sha256Hex(manifest), manifestBytes: manifest.length, origin }
}

function utcDay(seconds: UnixSeconds): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

function vkeyOf({ signer }: ArchiveInput): string {
  return formatVerifierKey(verifierKey(signer.name, signer.publicKey))
}
