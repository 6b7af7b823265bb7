export { EnrolError, type EnrolErrorCode } from "./enrol-error.ts"
export { type Enrolment, enrolIn, readEnrolment } from "./enrolment.ts"
