export { decodeJpeg } from "./decode-jpeg.ts"
export type { Pixels } from "./scale-down.ts"
