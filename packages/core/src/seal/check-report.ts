import { canonicalJsonBytes } from "../bytes/index.ts"
import { parseReport, type Report } from "../report/index.ts"
import { SealError } from "./seal-error.ts"

/**
 * Refuses what a reader would refuse, before anything is sealed: afterwards nobody could mend it.
 *
 * @throws SealError `bad-report`.
 */
export function checkReport(report: Report): Report {
  const checked = parseReport(report)
  if ("wrong" in checked) throw new SealError("bad-report", `the report is not well-formed: ${checked.wrong}`)
  try {
    canonicalJsonBytes(checked.report)
  } catch (cause) {
    throw new SealError("bad-report", "the report holds half a character", { cause })
  }
  return checked.report
}
