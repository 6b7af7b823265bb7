export { EnrolError, type EnrolErrorCode } from "./enrol-error.ts"
export {
  type Enrolment,
  enrolIn,
  forgottenDesk,
  readEnrolment,
  takeNotice,
  writeForgotten,
  writeWitness,
} from "./enrolment.ts"
