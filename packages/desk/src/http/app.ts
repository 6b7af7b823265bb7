import { Hono } from "hono"
import type { Desk } from "../desk.ts"
import { type Door, guardData, guardPage } from "./guard.ts"
import { HttpError } from "./http-error.ts"
import type { Jobs } from "./jobs.ts"
import type { PageFile } from "./page-files.ts"
import { answerError } from "./routes/errors.ts"
import { getAttachment } from "./routes/get-attachment.ts"
import { getChecklist } from "./routes/get-checklist.ts"
import { getPicture } from "./routes/get-picture.ts"
import { getReport } from "./routes/get-report.ts"
import { getState } from "./routes/get-state.ts"
import { postAct } from "./routes/post-act.ts"
import { type ArchiveBuilder, postArchive } from "./routes/post-archive.ts"
import { postPicture } from "./routes/post-picture.ts"
import { postPublish } from "./routes/post-publish.ts"
import { postPull } from "./routes/post-pull.ts"
import { postReceipts } from "./routes/post-receipts.ts"
import { securityHeaders } from "./security-headers.ts"

/** What the routes are made from. */
export interface AppParts {
  readonly desk: Desk
  readonly door: () => Door
  readonly files: ReadonlyMap<string, PageFile>
  readonly jobs: Jobs
  readonly buildArchive: ArchiveBuilder | undefined
}

/** Every route of the desk's page, behind its guards. `app.fetch` needs no socket, so tests can speak to it directly. */
export function createApp({ desk, door, files, jobs, buildArchive }: AppParts): Hono {
  const app = new Hono()
  app.onError(answerError)
  app.notFound((c) => answerError(new HttpError("not-found", "there is nothing at this address"), c))
  app.use(securityHeaders())
  app.use(guardPage(door))
  app.use("/api/*", guardData(door))

  app.get("/api/state", getState(desk, buildArchive !== undefined))
  app.get("/api/reports/:root", getReport(desk))
  app.get("/api/reports/:root/attachments/:index", getAttachment(desk))
  app.get("/api/pictures/:sha256", getPicture(desk))
  app.get("/api/publications/:id/checklist", getChecklist(desk))
  app.post("/api/acts", postAct(desk))
  app.post("/api/pictures", postPicture(desk))
  app.post("/api/publications/:id/publish", postPublish(desk))
  app.post("/api/pull", postPull(desk, jobs))
  app.post("/api/receipts", postReceipts(desk))
  app.post("/api/archive", postArchive(buildArchive, jobs))

  app.get("/*", (c, next) => {
    const file = files.get(c.req.path)
    return file === undefined ? next() : c.body(file.bytes, 200, { "content-type": file.type })
  })
  return app
}
