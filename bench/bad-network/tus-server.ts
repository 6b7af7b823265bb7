import { FileStore } from "@tus/file-store"
import { Server } from "@tus/server"

// Arguments: a folder and a port. tus as its makers hand it out.
const [directory, port] = process.argv.slice(2) as [string, string]
const server = new Server({ path: "/files", datastore: new FileStore({ directory }) })
server.listen({ host: "127.0.0.1", port: Number(port) }, () => console.log("ready on port"))
