/** What was looked at. */
export type CheckName =
  | "folder"
  | "key"
  | "checkpoint"
  | "append-only"
  | "root"
  | "entries"
  | "tile"
  | "disclosures"
  | "edition"
  | "manifest"
  | "file"
  | "extra"
  | "publications"

/** One thing looked at, and what came of it. */
export interface Check {
  readonly name: CheckName
  /** The file it is about, relative to the archive's folder. */
  readonly path?: string
  readonly result: "pass" | "fail" | "not-applicable"
  /** One plain sentence. */
  readonly why: string
}

/** What can be said of a copy of an archive. */
export interface Verdict {
  /** Nothing failed, and the checkpoint and the list of files were really judged. */
  readonly ok: boolean
  readonly checks: readonly Check[]
  /** The files that failed, sorted, each once. */
  readonly failed: readonly string[]
  /** Number and day of the edition, where they could be read. */
  readonly edition: { readonly number: number; readonly made: string } | null
  /** Number of entries in the log, as far as it could be read. */
  readonly logSize: number
  /** The verifier key that the checkpoint was checked with, or null. */
  readonly vkey: string | null
  /** Where that key came from. Only a `given` one shows who made the archive. */
  readonly keySource: "given" | "folder"
}
