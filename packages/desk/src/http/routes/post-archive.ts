import type { Handler } from "hono"
import { HttpError } from "../http-error.ts"
import type { Jobs } from "../jobs.ts"

/** `POST /api/archive`: builds the archive from what is published, where the shell gave a builder. */
export function postArchive(build: ArchiveBuilder | undefined, jobs: Jobs): Handler {
  return () => {
    if (build === undefined)
      throw new HttpError("no-archive", "this desk was started without an archive folder")
    return jobs.run((_report, signal) => build(signal))
  }
}

/** Builds the archive into the folder that the shell chose. Aborted when the page hangs up, if it listens to that. */
export type ArchiveBuilder = (signal: AbortSignal) => Promise<{ readonly folder: string }>
