import { Worker } from "node:worker_threads"
import { DeskError } from "../desk-error.ts"
import type { ReencodeAnswer, ReencodeRequest } from "./reencode-worker.ts"
import { unexpectedSegment } from "./segments.ts"

/** Longest JPEG that is looked at, in bytes: more than any phone writes. */
export const MAX_JPEG_BYTES: number = 64 * 1024 ** 2
/** Longest side of a public copy, in pixels. */
export const MAX_SIDE = 1_600
// 50 megapixels of a progressive photograph.
const MAX_MEMORY_BYTES = 640 * 1024 ** 2
const MAX_MS = 60_000
const QUALITY = 80

/** A public copy: pixels alone, encoded anew. */
export interface Reencoded {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * Decodes a JPEG, turns it upright, scales it down and encodes it anew, in WebAssembly in a worker that is ended after.
 *
 * Nothing of the original file but its pixels can be in the result; that it holds no metadata is checked nevertheless.
 *
 * @param jpeg - attacker-controlled.
 * @throws DeskError `bad-picture`, `picture-too-large`.
 */
export async function reencodeJpeg(jpeg: Uint8Array): Promise<Reencoded> {
  if (jpeg.length > MAX_JPEG_BYTES) {
    throw new DeskError(
      "picture-too-large",
      `a picture has at most ${MAX_JPEG_BYTES} bytes, not ${jpeg.length}`,
    )
  }
  const answer = await ask({ jpeg, maxSide: MAX_SIDE, quality: QUALITY, maxMemoryBytes: MAX_MEMORY_BYTES })
  if ("refused" in answer) {
    throw new DeskError("bad-picture", `the picture cannot be decoded (${answer.refused})`)
  }
  const segment = unexpectedSegment(answer.jpeg)
  if (segment !== null) throw new DeskError("bad-picture", `the copy holds ${segment}, which it must not`)
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
