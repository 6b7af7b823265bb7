import { type Box, cutTo, writeInto } from "./box.ts"

/** One call to a box that lies in another thread. A file is named each time: whoever asked may be ended in between. */
export type BoxCall =
  | { readonly act: "names" }
  | { readonly act: "open"; readonly name: string; readonly create: boolean }
  | { readonly act: "size"; readonly name: string }
  | { readonly act: "read"; readonly name: string; readonly at: number; readonly length: number }
  | { readonly act: "write"; readonly name: string; readonly at: number; readonly bytes: Uint8Array }
  | { readonly act: "truncate"; readonly name: string; readonly length: number }
  | { readonly act: "remove"; readonly name: string }

export type BoxAnswer = readonly string[] | boolean | number | Uint8Array | null

/** Does one call. @returns what it came to, and whether the box is another now. */
export function callBox(box: Box, call: BoxCall): { readonly answer: BoxAnswer; readonly changed: boolean } {
  if (call.act === "names") return { answer: [...box.keys()], changed: false }
  const file = box.get(call.name)
  switch (call.act) {
    case "open": {
      const made = file === undefined && call.create
      if (made) box.set(call.name, { held: new Uint8Array(0), length: 0 })
      return { answer: file !== undefined || made, changed: made }
    }
    case "size":
      return { answer: file?.length ?? 0, changed: false }
    case "read": {
      const to = Math.min(call.at + call.length, file?.length ?? 0)
      return { answer: file?.held.slice(call.at, Math.max(call.at, to)) ?? new Uint8Array(0), changed: false }
    }
    case "write":
      if (file !== undefined) writeInto(file, call.at, call.bytes)
      return { answer: null, changed: true }
    case "truncate":
      if (file !== undefined) cutTo(file, call.length)
      return { answer: null, changed: true }
    case "remove":
      if (file !== undefined) cutTo(file, 0)
      return { answer: null, changed: box.delete(call.name) }
  }
}
