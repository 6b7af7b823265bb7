import { equalBytes } from "../bytes/index.ts"
import type { Release } from "./open-release.ts"
import { ReleaseError } from "./release-error.ts"

/**
 * Whether an offered release is newer than the installed one, or false where it is that one.
 *
 * @throws ReleaseError `not-newer`: an older one, whose faults are known; or another of the same number.
 */
export function isNewer(offered: Release, installed: Release): boolean {
  if (offered.version > installed.version) return true
  if (offered.version === installed.version && equalBytes(offered.hash, installed.hash)) return false
  throw new ReleaseError(
    "not-newer",
    `release ${offered.version} is offered, and ${installed.version} is here`,
  )
}
