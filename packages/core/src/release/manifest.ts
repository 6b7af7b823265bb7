import * as v from "valibot"
import { canonicalJson, parseCanonicalJson } from "../bytes/index.ts"
import { ReleaseError } from "./release-error.ts"

/** Most files in a release: the whole list must fit a signed note of 65,536 bytes. */
export const MAX_ASSETS = 256
/** Most bytes of all files together: 32 MiB, what an old phone can hold beside what it keeps. */
export const MAX_RELEASE_BYTES = 33_554_432
/** Highest number of a release: nine digits, so that names made of it sort as numbers do. */
export const MAX_VERSION = 999_999_999

/** One file of the program. */
export interface Asset {
  /** Below the page's address, e.g. `assets/index-x.js`; `index.html` is the page itself. */
  readonly path: string
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** What a release consists of, as its manifest says. */
export interface Manifest {
  /** 1, 2, 3 …: only a higher one replaces an installed one. */
  readonly version: number
  /** SHA-256 of `sw.js`, lower-case hex. It is no asset: the browser fetches it past every cache of ours. */
  readonly worker: string
  /** Sorted by path; `index.html` is among them. */
  readonly assets: readonly Asset[]
  /** The edition in one file, without its trailer; null where there is none. */
  readonly file: { readonly bytes: number; readonly sha256: string } | null
}

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_RELEASE_BYTES))
const Document = v.strictObject({
  v: v.literal(1),
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_VERSION)),
  worker: hash,
  assets: v.pipe(
    v.array(
      v.strictObject({
        // No segment begins with a dot, so that none is "." or "..".
        path: v.pipe(
          v.string(),
          v.maxLength(200),
          v.regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/),
        ),
        bytes: size,
        sha256: hash,
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_ASSETS),
  ),
  file: v.nullable(v.strictObject({ bytes: size, sha256: hash })),
})

/** First line of what is signed: no signature over it is one over a checkpoint or a line of another format. */
const TAG = "govah-release-v1"

/** The text that release keys sign. @throws ReleaseError `malformed` where no reader would take it. */
export function formatManifest(manifest: Manifest): string {
  const { version, worker, assets, file } = manifest
  const text = `${TAG}\n${canonicalJson({
    v: 1,
    version,
    worker,
    assets: assets.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    file: file === null ? null : { bytes: file.bytes, sha256: file.sha256 },
  })}\n`
  parseManifest(text)
  return text
}

/**
 * Reads the text of a manifest; who signed it is not looked at here.
 *
 * @param text - attacker-controlled, of bounded length.
 * @throws ReleaseError `malformed`, `unknown-version`, `too-long`.
 */
export function parseManifest(text: string): Manifest {
  const [tag, json, end, ...rest] = text.split("\n")
  if (tag !== TAG && /^govah-release-v\d+$/.test(tag ?? ""))
    throw new ReleaseError("unknown-version", "a manifest of a newer kind")
  if (tag !== TAG || json === undefined || end !== "" || rest.length > 0)
    throw new ReleaseError("malformed", "a manifest has two lines")
  const read = v.safeParse(Document, parseCanonicalJson(json))
  if (!read.success) throw new ReleaseError("malformed", "not the members of a manifest")
  const { version, worker, assets, file } = read.output
  let total = 0
  assets.forEach(({ path, bytes }, i) => {
    total += bytes
    if (i > 0 && path <= (assets[i - 1] as Asset).path)
      throw new ReleaseError("malformed", `file ${i} is out of order`)
    // What proves the release cannot be in it, and the browser keeps sw.js itself.
    if (path === "sw.js" || path.startsWith("release/"))
      throw new ReleaseError("malformed", `file ${i} cannot be an asset`)
  })
  if (total > MAX_RELEASE_BYTES) throw new ReleaseError("too-long", `${total} bytes in all`)
  if (!assets.some(({ path }) => path === "index.html"))
    throw new ReleaseError("malformed", "there is no index.html")
  return { version, worker, assets, file }
}
