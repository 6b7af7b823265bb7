export { createCheapDesk, leaveCheapDesk } from "./cheap-desk.ts"
export { paintJpeg, plant } from "./jpeg.ts"
