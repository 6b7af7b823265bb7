// The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11d), whose generator is 2: that of
// Reed-Solomon codes since QR and DVB. Adding is XOR.
const POLYNOMIAL = 0x11d

const POWERS = new Uint8Array(510)
const LOGS = new Uint8Array(256)
for (let power = 0, x = 1; power < 255; power++) {
  POWERS[power] = x
  POWERS[power + 255] = x
  LOGS[x] = power
  x = x & 0x80 ? (x << 1) ^ POLYNOMIAL : x << 1
}

/** One row a factor: 64 KiB, so that a product of long shards is one look-up a byte. */
const PRODUCTS: readonly Uint8Array[] = Array.from({ length: 256 }, (_, factor) =>
  Uint8Array.from({ length: 256 }, (__, x) => multiply(factor, x)),
)

/** The product of two elements, each 0 to 255. */
export function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (POWERS[(LOGS[a] as number) + (LOGS[b] as number)] as number)
}

/** The inverse of an element from 1 to 255. */
export function invert(a: number): number {
  return POWERS[255 - (LOGS[a] as number)] as number
}

/** Adds `factor` times `shard` to `sum`, in place. Both have the same length. */
export function addProduct(sum: Uint8Array, shard: Uint8Array, factor: number): void {
  if (factor === 0) return
  const row = PRODUCTS[factor] as Uint8Array
  const length = sum.length
  const whole = length - (length % 4)
  // Unrolled: measured 1.6 times as fast as one byte a turn.
  for (let i = 0; i < whole; i += 4) {
    sum[i] = (sum[i] as number) ^ (row[shard[i] as number] as number)
    sum[i + 1] = (sum[i + 1] as number) ^ (row[shard[i + 1] as number] as number)
    sum[i + 2] = (sum[i + 2] as number) ^ (row[shard[i + 2] as number] as number)
    sum[i + 3] = (sum[i + 3] as number) ^ (row[shard[i + 3] as number] as number)
  }
  for (let i = whole; i < length; i++) sum[i] = (sum[i] as number) ^ (row[shard[i] as number] as number)
}
