import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createDesk, type Desk, openDesk } from "@govah/desk"
import { createDeskServer, type DeskServer } from "@govah/desk/server"
import { createFieldServer } from "@govah/field/server"
import { admit, createRelay, type Relay } from "@govah/relay"
import { buildArchiveOf } from "../build-archive.ts"
import type { Context } from "../command.ts"
import { deskPage, fieldPage } from "./built-pages.ts"
import { type FolderServer, serveFolder } from "./folder-server.ts"
import { keptPassphrase } from "./passphrase-file.ts"
import { type Ports, requireFree } from "./ports.ts"

/** A whole network in one process, on loopback. */
export interface Network {
  readonly relay: Relay
  readonly desk: Desk
  readonly deskServer: DeskServer
  readonly field: { readonly url: string }
  readonly archive: FolderServer
  readonly archiveFolder: string
  /** Stops all parts; everything acknowledged is on disk. Calling it again does nothing. */
  close(): Promise<void>
}

/**
 * Starts relay, desk, field page and archive over one data folder; the same folder again goes on where it stopped.
 *
 * @throws UsageError for a taken port, before anything is started. Whatever was started is stopped again on any error.
 */
export async function startNetwork(folder: string, ports: Ports, context: Context): Promise<Network> {
  await requireFree(ports)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const started: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop()
  }
  try {
    const relay = await createRelay(
      { file: join(folder, "relay.db"), port: ports.relay, uploads: true },
      context,
    )
    started.push(() => relay.close())
    const desk = await ownDesk(folder, context)
    started.push(() => desk.close())
    if (!desk.relays().some((known) => known.url === relay.url)) {
      const capability = await admit(relay.store, { deskKey: desk.key })
      await desk.addRelay({ url: relay.url, road: "lan", capability })
    }
    const archiveFolder = join(folder, "archive")
    const deskServer = await createDeskServer(desk, {
      port: ports.desk,
      staticFolder: await deskPage(context),
      buildArchive: async () => {
        await buildArchiveOf(desk, archiveFolder, context)
        return { folder: archiveFolder }
      },
    })
    started.push(() => deskServer.close())
    const field = await createFieldServer({ port: ports.field, directory: await fieldPage(context) })
    started.push(() => field.close())
    const archive = await serveFolder(archiveFolder, ports.archive, NOTHING_YET)
    started.push(() => archive.close())
    return { relay, desk, deskServer, field, archive, archiveFolder, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function ownDesk(folder: string, context: Context): Promise<Desk> {
  const passphrase = await keptPassphrase(join(folder, "desk-passphrase"))
  const deskFolder = join(folder, "desk")
  if (existsSync(deskFolder)) return await openDesk(deskFolder, passphrase, context)
  return await createDesk(deskFolder, { name: "Govah rehearsal", passphrase }, context)
}

const NOTHING_YET = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Archive</title>
<p lang="fa" dir="rtl">هنوز چیزی منتشر نشده است. میز، پس از انتشار، بایگانی را می‌سازد.</p>
<p>Nothing is published yet. The desk builds the archive after it has published something.</p>`
