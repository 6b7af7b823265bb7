import { registerHooks } from "node:module"

// Runs the programs as they are with another size of cells: `node --import ./cell-size.ts …` with
// GOVAH_BENCH_CELL_BYTES. The one constant is changed as its file is read; without the variable nothing is.
const cellBytes = process.env["GOVAH_BENCH_CELL_BYTES"]
if (cellBytes !== undefined) {
  if (!/^\d+$/.test(cellBytes)) throw new Error("GOVAH_BENCH_CELL_BYTES is a number of bytes")
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith("/core/src/cell/cell.ts")) return loaded
      const source = new TextDecoder().decode(loaded.source as Uint8Array<ArrayBuffer>)
      const changed = source.replace(/CELL_BYTES = [\d_]+/, `CELL_BYTES = ${cellBytes}`)
      if (changed === source && !source.includes(`CELL_BYTES = ${cellBytes}`)) {
        throw new Error("the size of a cell is not where it was")
      }
      return { ...loaded, source: changed }
    },
  })
}
