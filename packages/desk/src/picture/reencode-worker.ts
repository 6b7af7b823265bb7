import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { parentPort } from "node:worker_threads"
import decode, { init as initDecoder } from "@jsquash/jpeg/decode.js"
import encode, { init as initEncoder } from "@jsquash/jpeg/encode.js"
import { type Pixels, scaleDown } from "./scale-down.ts"

/** What the worker is asked, and answers. */
export interface ReencodeRequest {
  /** Attacker-controlled. */
  readonly jpeg: Uint8Array
  /** Longest side of the result, in pixels. */
  readonly maxSide: number
  /** Of the new JPEG, 1 to 100; null asks for the pixels instead. */
  readonly quality: number | null
  /** Most bytes that the decoder, and then the encoder, may take. */
  readonly maxMemoryBytes: number
}
export type ReencodeAnswer = Reencoded | Pixels | { readonly refused: string }

/** A public copy: pixels alone, encoded anew. */
export interface Reencoded {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

const port = parentPort
if (port === null) throw new TypeError("this file runs as a worker")
port.once("message", (request: ReencodeRequest) => {
  reencode(request).then(
    (answer) => port.postMessage(answer),
    (error: unknown) => port.postMessage({ refused: (error as Error).name } satisfies ReencodeAnswer),
  )
})

async function reencode(request: ReencodeRequest): Promise<ReencodeAnswer> {
  await initDecoder(await sandboxed("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm", request.maxMemoryBytes))
  // The decoder reads the orientation and turns the picture, all inside WebAssembly.
  const decoded = (await decode(request.jpeg.slice().buffer, { preserveOrientation: true })) as Pixels
  // A size that overflowed inside the decoder gives fewer pixels than it names.
  if (decoded.width < 1 || decoded.height < 1 || decoded.data.length !== decoded.width * decoded.height * 4) {
    return { refused: "its size and its pixels differ" }
  }
  const scaled = scaleDown(decoded, request.maxSide)
  if (request.quality === null)
    return { data: scaled.data.slice(), width: scaled.width, height: scaled.height }
  await initEncoder(await sandboxed("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm", request.maxMemoryBytes))
  const encoded = await encode(scaled as unknown as Parameters<typeof encode>[0], {
    quality: request.quality,
  })
  return { jpeg: new Uint8Array(encoded.slice(0)), width: scaled.width, height: scaled.height }
}

/** How a codec is started: from a file of its own package, silent, and with a ceiling on its memory. */
async function sandboxed(file: string, maxMemoryBytes: number): Promise<object> {
  const module = new WebAssembly.Module(await readFile(fileURLToPath(import.meta.resolve(file))))
  return {
    noInitialRun: true,
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm: (
      imports: WebAssembly.Imports,
      ready: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports => {
      const instance = new WebAssembly.Instance(module, imports)
      for (const exported of Object.values(instance.exports)) {
        if (exported instanceof WebAssembly.Memory) limitGrowth(exported, maxMemoryBytes)
      }
      ready(instance)
      return instance.exports
    },
  }
}

// A few bytes of JPEG can name a picture of gigabytes. Reading its size first would need a second parser, which may
// read another size than the decoder does; a ceiling on the decoder's memory cannot be argued with.
function limitGrowth(memory: WebAssembly.Memory, maxBytes: number): void {
  memory.grow = (pages: number): number => {
    if (memory.buffer.byteLength + pages * 65_536 > maxBytes) throw new RangeError("the picture is too large")
    return WebAssembly.Memory.prototype.grow.call(memory, pages)
  }
}
