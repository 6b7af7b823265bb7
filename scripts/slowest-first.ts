import { relative } from "node:path"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/**
 * Files that take longest, longest first. One of them begun last would keep one worker busy and the others waiting. Vitest
 * remembers how long files took, but a fresh clone has nothing to remember, and then goes by their sizes.
 */
const SLOWEST: readonly string[] = [
  "e2e/field-page-kills.test.ts",
  "e2e/leak.test.ts",
  "e2e/desk-pull.test.ts",
  "packages/relay/src/kill.fault.test.ts",
  "e2e/rehearsal.test.ts",
  "e2e/field-lock.test.ts",
  "e2e/release-page.test.ts",
  "e2e/field-access.test.ts",
  "e2e/roads-page.test.ts",
  "e2e/desk-page-access.test.ts",
  "packages/archive/src/replace-folder.fault.test.ts",
  "e2e/field-report.test.ts",
  "e2e/field-page.test.ts",
  "e2e/witness-page.test.ts",
  "e2e/whole-road.test.ts",
  "e2e/recording.test.ts",
  "packages/relay/src/seizure.test.ts",
  "e2e/roads-onion.test.ts",
  "e2e/relay-sync.test.ts",
  "e2e/desk-page-safety.test.ts",
  "e2e/desk-page.test.ts",
  "packages/desk/src/picture/reencode.test.ts",
  "packages/relay/src/seizure-link.test.ts",
  "packages/archive/src/verify/verify.test.ts",
  "packages/relay/src/store/sqlite/power-cut.fault.test.ts",
  "packages/relay/src/flood.test.ts",
  "e2e/field-kill.test.ts",
  "packages/relay/src/routes/post-cells.test.ts",
  "packages/field/src/record/recorder.fault.test.ts",
]

/** Begins the files that take longest. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = SLOWEST.indexOf(relative(process.cwd(), moduleId).replaceAll("\\", "/"))
      return found < 0 ? SLOWEST.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
