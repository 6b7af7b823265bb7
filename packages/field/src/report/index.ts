export { buildReport, type ClaimInput, type ReportInput } from "./build-report.ts"
export { isoOfPersian, type PersianDay, persianDay, shiftDay } from "./day.ts"
export { ReportError, type ReportErrorCode } from "./report-error.ts"
export { latinDigits, parseWhen } from "./when.ts"
