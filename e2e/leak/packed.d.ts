// Neither package brings types.
declare module "snappyjs" {
  export function uncompress(packed: Buffer, maxLength?: number): Buffer
  export function compress(plain: Buffer): Buffer
}
declare module "lz4js" {
  /** @returns how many bytes of `out` it wrote. */
  export function decompressBlock(
    packed: Uint8Array,
    out: Uint8Array,
    at: number,
    length: number,
    outAt: number,
  ): number
}
