import { type BoxAnswer, type BoxCall, boxDrawer } from "../box/index.ts"
import type { Drawer } from "../store/index.ts"

/** A worker's end of a channel to the page that lent it a box. */
export interface BoxPort {
  post(message: { readonly number: number; readonly call: BoxCall }): void
  listen(hear: (said: { readonly number: number; readonly answer: BoxAnswer }) => void): void
}

/** The box of the page that started this worker, as a drawer. */
export function portDrawer(port: BoxPort): Drawer {
  const waiting = new Map<number, (answer: BoxAnswer) => void>()
  let asked = 0
  port.listen(({ number, answer }) => {
    waiting.get(number)?.(answer)
    waiting.delete(number)
  })
  return boxDrawer(
    (call) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve)
        port.post({ number: asked, call })
      }),
  )
}
