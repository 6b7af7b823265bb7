import { connect } from "node:net"
import { onTestFinished } from "vitest"

/** A stream that a client of tor opened, as tor's own control port tells it. */
export interface WatchedStream {
  readonly circuit: string
  readonly target: string
}

/**
 * Every stream to a target that ends so, which succeeds through a tor, from now to the end of the test, with the circuit
 * that carried it. Tor has streams of its own, for its directories.
 *
 * Source: control-spec, `650 STREAM <id> SUCCEEDED <circuit> <target>`.
 */
export async function watchStreams(
  controlPort: number,
  targetEnd: string,
): Promise<readonly WatchedStream[]> {
  const streams: WatchedStream[] = []
  const socket = connect(controlPort, "127.0.0.1")
  onTestFinished(() => void socket.destroy())
  let text = ""
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject)
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      for (let end = text.indexOf("\r\n"); end !== -1; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        const stream = /^650 STREAM \d+ SUCCEEDED (\d+) (\S+)/.exec(line)
        if (stream?.[2]?.endsWith(targetEnd))
          streams.push({ circuit: stream[1] as string, target: stream[2] })
        else if (line.startsWith("5")) reject(new Error(line))
        else if (line === "250 OK" && ++agreed === 2) resolve()
      }
    })
    let agreed = 0
    socket.write("AUTHENTICATE\r\nSETEVENTS STREAM\r\n")
  })
  return streams
}
