import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Json } from "@govah/core/bytes"
import { parseReleaseKeys, type ReleaseKeys } from "@govah/core/release"
import { type Arguments, type Option, UsageError } from "../command.ts"

const PINNED = join(import.meta.dirname, "../../../field/release-keys.json")

/** The option of every command that judges a release. */
export const keysOption: Option = {
  kind: "value",
  takes: "FILE",
  help: "the keys that must have signed (default: those that this program has pinned)",
}

/** The keys to judge by. @throws UsageError where there are none; ReleaseError `bad-keys`. */
export async function keysOf(args: Arguments): Promise<ReleaseKeys> {
  const file = args.value("keys") ?? PINNED
  const keys = parseReleaseKeys(readJson(await readFile(file, "utf8")))
  if (keys === null)
    throw new UsageError(`${file} names no release keys yet. Give those that you trust: --keys FILE`)
  return keys
}

// People edit this file: its spelling is theirs, and what it says is judged after.
function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
