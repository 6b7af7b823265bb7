import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { type AddressInfo, connect, createServer } from "node:net"
import { join } from "node:path"
import { createServer as createTlsServer } from "node:tls"
import { fileURLToPath } from "node:url"

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** A server in a process of its own, on a port that stays. */
export interface ServerProcess {
  readonly port: number
  /** kill -9, then start again. */
  restart(): Promise<void>
  stop(): void
}

/** @param cellBytes - null for cells as they are. */
export async function startRelay(file: string, cellBytes: number | null): Promise<ServerProcess> {
  const port = await freePort()
  return await startProcess(port, [here("../../packages/relay/src/main.ts")], {
    GOVAH_RELAY_FILE: file,
    GOVAH_RELAY_PORT: `${port}`,
    ...(cellBytes === null ? {} : { GOVAH_BENCH_CELL_BYTES: `${cellBytes}` }),
  })
}

export async function startTus(folder: string): Promise<ServerProcess> {
  const port = await freePort()
  return await startProcess(port, [here("tus-server.ts"), folder, `${port}`], {})
}

async function startProcess(
  port: number,
  args: readonly string[],
  extra: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ["--import", here("cell-size.ts"), ...args], {
      env: { ...process.env, ...extra },
      stdio: ["ignore", "pipe", "inherit"],
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (text: Buffer) => text.includes("ready on port") && resolve())
      child.on("exit", (code) => reject(new Error(`a server ended with ${code} before it was ready`)))
    })
    return child
  }
  let child = await start()
  return {
    port,
    async restart() {
      const gone = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await gone
      child = await start()
    },
    stop: () => void child.kill("SIGKILL"),
  }
}

/** What makes a certificate for 127.0.0.1 in `folder`. @returns its path. */
export function makeCertificate(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  const wish =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench -addext"
  const args = [...wish.split(" "), "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert]
  const made = spawnSync("openssl", args, { encoding: "utf8" })
  if (made.status !== 0) throw new Error(`openssl: ${made.error?.message ?? made.stderr}`)
  return { key, cert }
}

/** TLS in front of a port on loopback. It keeps no process alive. @returns its own port. */
export async function startTlsFront(
  targetPort: number,
  paths: { readonly key: string; readonly cert: string },
): Promise<number> {
  const [key, cert] = [readFileSync(paths.key), readFileSync(paths.cert)]
  const front = createTlsServer({ key, cert }, (client) => {
    const server = connect(targetPort, "127.0.0.1")
    client.on("error", () => server.destroy()).on("close", () => server.destroy())
    server.on("error", () => client.destroy()).on("close", () => client.destroy())
    client.pipe(server).pipe(client)
  })
  front.on("tlsClientError", () => undefined)
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve))
  front.unref()
  return (front.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
