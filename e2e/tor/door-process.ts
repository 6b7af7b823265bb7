// Hands every connection to a port of this network on to a unix socket, which is reachable from any network.
import { connect, createServer } from "node:net"

const [, , port, socket] = process.argv
const server = createServer((near) => {
  const far = connect(socket as string)
  near.on("error", () => far.destroy()).on("close", () => far.destroy())
  far.on("error", () => near.destroy()).on("close", () => near.destroy())
  near.pipe(far).pipe(near)
})
server.listen(Number(port), "127.0.0.1", () => console.log("open"))
