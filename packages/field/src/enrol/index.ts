export { EnrolError, type EnrolErrorCode } from "./enrol-error.ts"
export { type Enrolment, enrolIn, readEnrolment, takeNotice } from "./enrolment.ts"
