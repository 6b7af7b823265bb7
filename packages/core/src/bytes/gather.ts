/**
 * Joins a stream into one new array. A piece is copied before the next is pulled, so it may change afterwards.
 *
 * The caller bounds the stream.
 */
export async function gatherBytes(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  let whole = new Uint8Array(1_024)
  let length = 0
  for await (const piece of pieces) {
    if (length + piece.length > whole.length) {
      const larger = new Uint8Array(Math.max(2 * whole.length, length + piece.length))
      larger.set(whole.subarray(0, length))
      // What it held may be a plaintext.
      whole.fill(0)
      whole = larger
    }
    whole.set(piece, length)
    length += piece.length
  }
  return whole.slice(0, length)
}
