import { expect, test } from "vitest"
import * as archive from "./index.ts"

test("the doors of the archive are these and no others", () => {
  expect(Object.keys(archive).sort()).toEqual(["ArchiveError", "buildArchive", "nodeDisk", "verifyArchive"])
})
