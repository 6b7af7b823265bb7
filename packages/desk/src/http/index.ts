export { HttpError, type HttpErrorCode } from "./http-error.ts"
export { createDeskServer, type DeskServer, type DeskServerOptions } from "./server.ts"
export type {
  ArchiveLine,
  ErrorAnswer,
  JobLine,
  PictureBody,
  PullLine,
  StateAnswer,
  UnitLine,
} from "./wire.ts"
