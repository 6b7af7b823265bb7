declare module "subset-font" {
  /** What is used of it: the package brings no types. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: "woff2"
      readonly noHinting: boolean
      readonly keepFeatures: readonly string[]
      readonly preserveNameIds: readonly number[]
    },
  ): Promise<Buffer>
}
