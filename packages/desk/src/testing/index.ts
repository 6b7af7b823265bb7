export { paintJpeg, plant } from "./jpeg.ts"
