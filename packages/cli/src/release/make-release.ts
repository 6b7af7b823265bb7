import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { concatBytes, toBase64, utf8Bytes } from "@govah/core/bytes"
import { type NoteSigner, parseNote, signNote, verifierKey } from "@govah/core/log"
import type { Primitives } from "@govah/core/primitives"
import {
  formatLogProof,
  formatManifest,
  joinReleaseFile,
  joinSingleFile,
  manifestHash,
  releaseEntry,
  splitReleaseFile,
  splitSingleFile,
} from "@govah/core/release"
import { UsageError } from "../command.ts"
import { assetsBelow, named } from "./release-folder.ts"
import { readReleaseLog, releaseLogFiles, treeOf, writeFiles } from "./release-log.ts"

/** Of what, and by whom, a release is made. */
export interface ReleaseInput {
  /** The built page. */
  readonly site: string
  /** The built edition in one file, or null. */
  readonly file: string | null
  readonly version: number
  readonly signers: readonly NoteSigner[]
  /** Folder of the log, made where there is none. */
  readonly log: string
  readonly logSigner: NoteSigner
  /** A folder that does not exist yet. */
  readonly out: string
}

/**
 * Makes a release: manifest, signatures, a new entry in the log, its proof; beside them the page and the one file.
 *
 * The log is written before the release appears: where this is cut short, its number is used up and nothing else.
 *
 * @returns hash of the release.
 * @throws UsageError where the version is not higher than every one in the log.
 */
export async function makeRelease(input: ReleaseInput, primitives: Primitives): Promise<Uint8Array> {
  const { entries, newest } = await readReleaseLog(input.log, input.logSigner, primitives)
  if (input.version <= newest)
    throw new UsageError(`version ${newest} is in the log already: a new one is ${newest + 1} or higher`)
  const body = input.file === null ? null : new Uint8Array(await readFile(input.file))
  const text = formatManifest({
    version: input.version,
    worker: named(await readFile(join(input.site, "sw.js"))).sha256,
    assets: await assetsBelow(input.site),
    file: body === null ? null : named(body),
  })
  const hash = manifestHash(text)
  const [first, ...others] = input.signers
  if (first === undefined) throw new UsageError("a release needs at least one --key")
  let manifest = await signNote(text, first)
  for (const signer of others) manifest = await addSignature(manifest, signer)

  const logged = [...entries, releaseEntry(input.version, hash)]
  const logFiles = await releaseLogFiles(logged, input.logSigner)
  const proof = formatLogProof({
    index: entries.length,
    hashes: treeOf(logged).inclusionProof(entries.length),
    checkpoint: logFiles.get("checkpoint") as Uint8Array,
  })
  const beside = `${input.out}.new`
  await rm(beside, { recursive: true, force: true })
  await mkdir(dirname(input.out), { recursive: true })
  await cp(input.site, join(beside, "site"), { recursive: true })
  const release = join(beside, "site", "release")
  await rm(release, { recursive: true, force: true })
  await writeFiles(join(release, "log"), logFiles)
  const file = joinReleaseFile({ manifest, proof })
  await writeFiles(release, new Map([["release.txt", file]]))
  if (body !== null)
    await writeFile(join(beside, basename(input.file as string)), joinSingleFile({ body, release: file }))
  await writeFiles(input.log, logFiles)
  await rename(beside, input.out)
  return hash
}

/** Adds a signature to a release in its folder, in the edition in one file too. */
export async function signRelease(folder: string, signer: NoteSigner): Promise<void> {
  const path = join(folder, "site", "release", "release.txt")
  const { manifest, proof } = splitReleaseFile(new Uint8Array(await readFile(path)))
  const release = joinReleaseFile({ manifest: await addSignature(manifest, signer), proof })
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".html")) continue
    const single = splitSingleFile(new Uint8Array(await readFile(join(folder, name))))
    if (single !== null) await writeFiles(folder, new Map([[name, joinSingleFile({ ...single, release })]]))
  }
  await writeFiles(dirname(path), new Map([["release.txt", release]]))
}

async function addSignature(note: Uint8Array, signer: NoteSigner): Promise<Uint8Array> {
  const { text, signatures } = parseNote(note)
  const { id } = verifierKey(signer.name, signer.publicKey)
  if (signatures.some(({ name, keyId }) => name === signer.name && Buffer.compare(keyId, id) === 0))
    throw new UsageError(`${signer.name} has signed this already`)
  const signature = await signer.sign(utf8Bytes(text))
  return concatBytes(note, utf8Bytes(`— ${signer.name} ${toBase64(concatBytes(id, signature))}\n`))
}
