/* oxlint-disable vitest/no-standalone-expect -- what is handed to runVectors runs inside test.each */
import { expect } from "vitest"
import { fromBase64, type Json, toHex, utf8Bytes } from "../bytes/index.ts"
import {
  checkGrowth,
  joinSingleFile,
  openRelease,
  parseReleaseKeys,
  type ReleaseKeys,
  splitSingleFile,
} from "../release/index.ts"
import { type Edit, edited } from "./edits.ts"
import { hex, refuseUnless, runVectors } from "./run-vectors.ts"

interface Case {
  release?: string
  single?: string
  edits?: readonly Edit[]
  keys?: Json
  growth?: { seen: Head | null; now: Head; tile: string }
}
interface Head {
  size: number
  root: string
}

runVectors<Case, { keys: Json; hash: string; body: string }>("release", async (c, file, p) => {
  if (c.release !== undefined) {
    const keys = parseReleaseKeys(file.keys) as ReleaseKeys
    const verify = (...it: Parameters<typeof p.verify>) => p.verify(...it)
    expect(toHex((await openRelease(utf8Bytes(c.release), keys, verify)).hash)).toBe(file.hash)
  } else if (c.single !== undefined) {
    const received = edited(bytesOf(c.single), c.edits ?? [])
    const single = splitSingleFile(received)
    refuseUnless(single !== null, "not-released")
    expect(single.body).toEqual(bytesOf(file.body))
    expect(joinSingleFile(single)).toEqual(received)
  } else if (c.keys !== undefined) refuseUnless(parseReleaseKeys(c.keys) !== null, "none")
  else if (c.growth !== undefined) {
    const { seen, now, tile } = c.growth
    checkGrowth(seen === null ? null : head(seen), head(now), [hex(tile)])
  }
})

function head({ size, root }: Head): { origin: string; size: number; root: Uint8Array } {
  return { origin: "log.example", size, root: hex(root) }
}

function bytesOf(base64: string): Uint8Array {
  return fromBase64(base64) as Uint8Array
}
