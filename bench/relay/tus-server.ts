import { open } from "node:fs/promises"
import { join } from "node:path"
import { FileStore } from "@tus/file-store"
import { Server } from "@tus/server"

// Arguments: a folder and a port. tus as its makers hand it out, but an upload is on the disk before it is acknowledged:
// its file, the note beside it, and the folder that names both. Without the last a power cut loses all of it.
const [directory, port] = process.argv.slice(2) as [string, string]

class DurableFileStore extends FileStore {
  override async write(...args: Parameters<FileStore["write"]>): Promise<number> {
    const written = await super.write(...args)
    for (const path of [join(directory, args[1]), join(directory, `${args[1]}.json`), directory]) {
      const handle = await open(path, "r")
      await handle.sync()
      await handle.close()
    }
    return written
  }
}

const server = new Server({ path: "/files", datastore: new DurableFileStore({ directory }) })
const listening = server.listen({ host: "127.0.0.1", port: Number(port) }, () => {
  console.log(`ready on port ${(listening.address() as { port: number }).port}`)
})
