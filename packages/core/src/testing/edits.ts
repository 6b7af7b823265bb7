import { fromHex } from "../bytes/index.ts"

/** A change to bytes, as the vector files write it (`vectors/README.md`). */
export interface Edit {
  readonly xor?: { readonly at: number; readonly with: string }
  readonly cut?: { readonly to: number }
  readonly append?: string
  readonly remove?: { readonly at: number; readonly length: number }
  readonly move?: { readonly from: number; readonly length: number; readonly to: number }
  readonly splice?: { readonly from: string; readonly at: number; readonly length: number }
}

/** Makes the changes one after another, on a copy. @param others - what `splice` may take bytes from. */
export function edited(
  original: Uint8Array,
  edits: readonly Edit[],
  others: (name: string) => Uint8Array = () => new Uint8Array(0),
): Uint8Array {
  let bytes = [...original]
  for (const { xor, cut, append, remove, move, splice } of edits) {
    if (xor !== undefined) {
      const mask = fromHex(xor.with) as Uint8Array
      mask.forEach((bits, i) => {
        bytes[xor.at + i] = (bytes[xor.at + i] as number) ^ bits
      })
    }
    if (cut !== undefined) bytes = bytes.slice(0, cut.to)
    if (append !== undefined) bytes = [...bytes, ...(fromHex(append) as Uint8Array)]
    if (remove !== undefined) bytes.splice(remove.at, remove.length)
    if (move !== undefined) bytes.splice(move.to, 0, ...bytes.splice(move.from, move.length))
    if (splice !== undefined) {
      const taken = others(splice.from).slice(splice.at, splice.at + splice.length)
      bytes.splice(splice.at, splice.length, ...taken)
    }
  }
  return Uint8Array.from(bytes)
}
