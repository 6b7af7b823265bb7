import { createCipheriv, createHash } from "node:crypto"

/** Whole numbers that are the same for the same seed. */
export interface SeededRandom {
  /** 0 to `below` - 1. */
  below(below: number): number
  bytes(byteLength: number): Uint8Array
  /** The same items in another order; the array itself is left as it is. */
  shuffle<T>(items: readonly T[]): T[]
}

/** A stream of AES in counter mode: as good as random, and repeatable. */
export function seededRandom(seed: string): SeededRandom {
  const key = createHash("sha256").update(`govah seizure ${seed}`).digest()
  const stream = createCipheriv("aes-256-ctr", key, key.subarray(0, 16))
  let pool = Buffer.alloc(0)
  function bytes(byteLength: number): Uint8Array {
    if (pool.length < byteLength) pool = stream.update(Buffer.alloc(Math.max(65_536, byteLength)))
    const taken = new Uint8Array(pool.subarray(0, byteLength))
    pool = pool.subarray(byteLength)
    return taken
  }
  function below(limit: number): number {
    const word = new DataView(bytes(6).buffer).getUint32(0)
    return Math.floor((word / 2 ** 32) * limit)
  }
  function shuffle<T>(items: readonly T[]): T[] {
    const mixed = [...items]
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = below(i + 1)
      const held = mixed[i] as T
      mixed[i] = mixed[j] as T
      mixed[j] = held
    }
    return mixed
  }
  return { below, bytes, shuffle }
}
