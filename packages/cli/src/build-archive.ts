import { existsSync } from "node:fs"
import { type ArchiveBuilt, buildArchive } from "@govah/archive"
import type { Desk } from "@govah/desk"
import type { Context } from "./command.ts"

/** Builds (or adds to) the archive in `folder` from everything that the desk has published. */
export async function buildArchiveOf(desk: Desk, folder: string, context: Context): Promise<ArchiveBuilt> {
  const signer = desk.logSigner()
  const { publications, pictures } = desk.publicationSet()
  return await buildArchive(
    {
      publications,
      pictures,
      archiveName: { fa: desk.name, en: desk.name },
      origin: signer.name,
      signer,
      random: context.primitives.random,
      madeAt: Math.floor(context.now().getTime() / 1000),
      cardWords: null,
      previous: existsSync(folder) ? folder : null,
    },
    folder,
  )
}
