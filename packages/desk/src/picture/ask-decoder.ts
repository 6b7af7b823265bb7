import { Worker } from "node:worker_threads"
import { DeskError } from "../desk-error.ts"
import type { Reencoded, ReencodeAnswer, ReencodeRequest } from "./reencode-worker.ts"
import type { Pixels } from "./scale-down.ts"

/** Longest JPEG that is looked at, in bytes: more than any phone writes. */
export const MAX_JPEG_BYTES: number = 64 * 1024 ** 2
// 50 megapixels of a progressive photograph.
const MAX_MEMORY_BYTES = 640 * 1024 ** 2
const MAX_MS = 60_000

/** What the decoder is to do; how much memory it gets is not the asker's to say. */
export type Wish = Omit<ReencodeRequest, "maxMemoryBytes">

/**
 * Has a JPEG decoded in WebAssembly, in a worker that is ended after.
 *
 * @throws DeskError `bad-picture`, `picture-too-large`.
 */
export async function askDecoder(wish: Wish & { readonly quality: null }): Promise<Pixels>
export async function askDecoder(wish: Wish & { readonly quality: number }): Promise<Reencoded>
export async function askDecoder(wish: Wish): Promise<Pixels | Reencoded> {
  const { length } = wish.jpeg
  if (length > MAX_JPEG_BYTES)
    throw new DeskError("picture-too-large", `a picture has at most ${MAX_JPEG_BYTES} bytes, not ${length}`)
  const answer = await ask({ ...wish, maxMemoryBytes: MAX_MEMORY_BYTES })
  if ("refused" in answer)
    throw new DeskError("bad-picture", `the picture cannot be decoded (${answer.refused})`)
  return answer
}

async function ask(request: ReencodeRequest): Promise<ReencodeAnswer> {
  // Node runs TypeScript as it is; a name with the same ending as this file's keeps that true for a bundle, too.
  const worker = new Worker(new URL("./reencode-worker.ts", import.meta.url), {
    // The worker gets nothing of this process to leak: no environment, no arguments, no output of its own.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  try {
    return await answerOf(worker, request)
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker, request: ReencodeRequest): Promise<ReencodeAnswer> {
  return new Promise<ReencodeAnswer>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DeskError("picture-too-large", `decoding took longer than ${MAX_MS / 1000} s`)),
      MAX_MS,
    )
    worker.once("message", (answer: ReencodeAnswer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    worker.once("error", () => {
      clearTimeout(timer)
      resolve({ refused: "the decoder stopped" })
    })
    worker.once("exit", () => {
      clearTimeout(timer)
      resolve({ refused: "the decoder ended" })
    })
    worker.postMessage(request)
  })
}
