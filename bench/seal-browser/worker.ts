import {
  chooseAead,
  nobleAead,
  noblePrimitives,
  type Primitives,
  testedAead,
  webAead,
} from "@govah/core/primitives"
import { cutCells, sealPayload } from "@govah/core/seal"
import { Encrypter } from "age-encryption"

// One run in a worker: a file of the origin's own store is sealed, cut and hashed, and goes nowhere or into another file.

/** What the page asks for. */
export interface Job {
  readonly sealer: "govah" | "library"
  /** The plain stream of a file, or the same read into memory that is lent and used again. */
  readonly source: "stream" | "lent"
  readonly sink: "nowhere" | "file"
  readonly recipient: string
}

const plain = noblePrimitives((byteLength) => crypto.getRandomValues(new Uint8Array(byteLength)))
const ofBrowser = webAead(crypto.subtle)
const primitives: Primitives = {
  ...plain,
  ...testedAead(ofBrowser, nobleAead),
  sha256: async (bytes) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)),
}

/** Bytes of one read. */
const LENT_BYTES = 1_048_576

/** The synchronous handle that only workers have, and that the types of a page do not know. */
interface SyncFile {
  write(bytes: Uint8Array): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<SyncFile> {
  const handle = await folder.getFileHandle(name, { create: true })
  return await (handle as unknown as { createSyncAccessHandle(): Promise<SyncFile> }).createSyncAccessHandle()
}

/** The bytes of a file in one buffer that is lent for a turn, where the browser can read so; else its plain stream. */
async function* lentPieces(file: Blob): AsyncGenerator<Uint8Array, void, void> {
  const stream = file.stream()
  let reader: ReadableStreamBYOBReader
  try {
    reader = stream.getReader({ mode: "byob" })
  } catch {
    yield* stream as unknown as AsyncIterable<Uint8Array>
    return
  }
  let lent = new ArrayBuffer(LENT_BYTES)
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(lent))
    if (done) return
    yield value
    lent = value.buffer
  }
}

async function run({ sealer, source, sink, recipient }: Job): Promise<{ seconds: number; bytes: number }> {
  const folder = await navigator.storage.getDirectory()
  const file = await (await folder.getFileHandle("source")).getFile()
  const out = await openFile(folder, "out")
  out.truncate(0)
  let bytes = 0
  const start = performance.now()
  const ciphertext =
    sealer === "govah"
      ? sealPayload(
          crypto.getRandomValues(new Uint8Array(16)),
          source === "lent" ? lentPieces(file) : (file.stream() as unknown as AsyncIterable<Uint8Array>),
          primitives,
        )
      : await byLibrary(file, recipient)
  const position = { run: "attachment", next: 0 } as const
  for await (const cell of cutCells(ciphertext, new Uint8Array(32), { ...position }, primitives)) {
    if (sink === "file") out.write(cell.bytes)
    bytes += cell.bytes.length
  }
  out.flush()
  const seconds = (performance.now() - start) / 1000
  out.close()
  return { seconds, bytes }
}

async function byLibrary(source: Blob, recipient: string): Promise<AsyncIterable<Uint8Array>> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return (await encrypter.encrypt(source.stream())) as unknown as AsyncIterable<Uint8Array>
}

/** @param mebibytes - size of the source file. @returns which cipher this browser takes. */
async function prepare(mebibytes: number): Promise<string> {
  const folder = await navigator.storage.getDirectory()
  const file = await openFile(folder, "source")
  const block = new Uint8Array(1_048_576)
  for (let at = 0; at < block.length; at += 65_536) crypto.getRandomValues(block.subarray(at, at + 65_536))
  file.truncate(0)
  for (let i = 0; i < mebibytes; i++) file.write(block)
  file.close()
  return (await chooseAead([ofBrowser, nobleAead])) === ofBrowser ? "the browser's own" : "JavaScript"
}

addEventListener("message", (event: MessageEvent<Job | number>) => {
  const work = typeof event.data === "number" ? prepare(event.data) : run(event.data)
  work.then(
    (answer) => postMessage(answer ?? null),
    (error: unknown) => postMessage({ error: String(error) }),
  )
})
