import { mkdtemp, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import type { CellStore } from "@govah/core/pack"
import { readFully } from "./pack-files.ts"

/** Cells in a file of their own, beside what is being written, gone when the work is. */
export interface Scratch extends CellStore {
  close(): Promise<void>
}

/** @param beside - folder to put it in; null for the system's. */
export async function openScratch(beside: string | null): Promise<Scratch> {
  const folder = await mkdtemp(join(beside ?? tmpdir(), ".govah-"))
  const handle = await open(join(folder, "cells"), "wx+", 0o600)
  const numbers = new Set<number>()
  return {
    has: (number) => numbers.has(number),
    read: async (number) => {
      const cell = new Uint8Array(CELL_BYTES)
      await readFully(handle, cell, number * CELL_BYTES)
      return cell
    },
    write: async (number, cell) => {
      for (let done = 0; done < cell.length; ) {
        const { bytesWritten } = await handle.write(
          cell,
          done,
          cell.length - done,
          number * CELL_BYTES + done,
        )
        done += bytesWritten
      }
      numbers.add(number)
    },
    close: async () => {
      await handle.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
