import { access } from "node:fs/promises"
import { UsageError } from "./command.ts"

/**
 * Asked before anything is made, so that somebody who tries again with another name does not make it twice.
 *
 * @param nothing - what was not done: "Nothing was sealed".
 * @throws UsageError where the file is there.
 */
export async function refuseExisting(file: string, nothing: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (there) throw new UsageError(`${file} is there already. ${nothing}; choose another name`)
}
