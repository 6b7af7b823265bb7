import { existsSync } from "node:fs"
import { type ArchiveBuilt, buildArchive } from "@govah/archive"
import { fromBase64Url } from "@govah/core/bytes"
import { keyWords } from "@govah/core/card"
import type { Desk } from "@govah/desk"
import type { Context } from "./command.ts"

/** Builds (or adds to) the archive in `folder` from everything that the desk has published. */
export async function buildArchiveOf(desk: Desk, folder: string, context: Context): Promise<ArchiveBuilt> {
  const signer = desk.logSigner()
  const { words, numbers } = keyWords("desk", fromBase64Url(desk.key) as Uint8Array)
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
      // Persian readers compare the numbers.
      cardWords: [...words, "·", ...numbers],
      previous: existsSync(folder) ? folder : null,
    },
    folder,
  )
}
