import { open } from "node:fs/promises"
import { ageFileKey, openPayload } from "@govah/core/open"
import { plaintextBytes } from "@govah/core/parcel"
import { makeAgeHeader, sealPayload } from "@govah/core/seal"
import { nodePrimitives, readBlocks, writePieces } from "@govah/node"
import { Decrypter, Encrypter } from "age-encryption"

// One run in a process of its own, so that its peak memory is its own: `once.ts HOW FROM TO KEY`. Prints seconds and the
// most memory that the process ever held.
const [how, from, to, key] = process.argv.slice(2) as [keyof typeof ways, string, string, string]

const ways = {
  seal: async function* (): AsyncGenerator<Uint8Array, void, void> {
    const header = await makeAgeHeader([key], null, { interopX25519: true })
    yield header.bytes
    yield* sealPayload(header.fileKey, readBlocks(from), nodePrimitives)
  },
  open: async function* (): AsyncGenerator<Uint8Array, void, void> {
    const blocks = readBlocks(from)
    const first = await blocks.next()
    if (first.done === true) throw new Error("the file is empty")
    const header = await ageFileKey(first.value, [key])
    if (header === null) throw new Error("not for this key")
    const plaintext = plaintextBytes((await sizeOf(from)) - header.headerBytes)
    if (plaintext === null) throw new Error("the file is cut")
    const rest = first.value.slice(header.headerBytes)
    async function* ciphertext(): AsyncGenerator<Uint8Array, void, void> {
      yield rest
      yield* blocks
    }
    yield* openPayload(header.fileKey, plaintext, ciphertext(), nodePrimitives)
  },
  "library-seal": async function* (): AsyncGenerator<Uint8Array, void, void> {
    const encrypter = new Encrypter()
    encrypter.addRecipient(key)
    yield* await encrypter.encrypt(streamOf(from))
  },
  "library-open": async function* (): AsyncGenerator<Uint8Array, void, void> {
    const decrypter = new Decrypter()
    decrypter.addIdentity(key)
    yield* await decrypter.decrypt(streamOf(from))
  },
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, "r")
  const { size } = await file.stat()
  await file.close()
  return size
}

function streamOf(path: string): ReadableStream<Uint8Array> {
  // The library's streams hold pieces longer than one turn, so each gets memory of its own.
  const blocks = readBlocks(path)
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await blocks.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value.slice())
    },
  })
}

const file = await open(to, "w", 0o600)
const start = performance.now()
const bytes = await writePieces(file, ways[how]())
const seconds = (performance.now() - start) / 1000
await file.close()
const peakMegabytes = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
process.stdout.write(JSON.stringify({ seconds, bytes, peakMegabytes }))
