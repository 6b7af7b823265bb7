import { toHex } from "@govah/core/bytes"
import { carouselTurn, formatPackFrame, makePack, type PackHead } from "@govah/core/pack"
import type { Primitives } from "@govah/core/primitives"
import { measureFiles, readDataCell, type SourceFile } from "./pack-files.ts"
import { openScratch } from "./scratch.ts"

/** How a pack is made and how long it is sent. */
export interface Carousel {
  readonly files: readonly SourceFile[]
  readonly repairPercent: number
  /** Turns of the carousel; null for without end. */
  readonly passes: number | null
  /** Most bytes; null for without end. */
  readonly bytes: number | null
  sign(contents: Omit<PackHead, "desk" | "day">): Promise<Uint8Array>
  /** Takes a frame; resolves when there is room for more. */
  write(frame: Uint8Array): Promise<void>
  /** Told once, before the first frame. */
  begun(cells: number, dataCells: number): void
  readonly signal: AbortSignal
}

/** Makes a pack and sends it, turn after turn, until it is told to stop. Memory: one group and the table. */
export async function sendCarousel(carousel: Carousel, primitives: Primitives): Promise<void> {
  const { files, signal } = carousel
  const measured = await measureFiles(files)
  const repairs = await openScratch(null)
  try {
    const readCell = (number: number): Promise<Uint8Array> => readDataCell(files, measured, number)
    const keepRepair = (number: number, cell: Uint8Array): Promise<void> => repairs.write(number, cell)
    const made = await makePack({ files: measured, readCell, keepRepair }, primitives, carousel.repairPercent)
    const { plan, tableCells } = made
    const head = await carousel.sign(made.contents)
    const pack = toHex((await primitives.sha256(head)).subarray(0, 8))
    carousel.begun(plan.cells, plan.dataCells)
    let left = carousel.bytes ?? Number.POSITIVE_INFINITY
    for (let turn = 0; turn < (carousel.passes ?? Number.POSITIVE_INFINITY); turn++) {
      for (const { kind, number } of carouselTurn(plan, tableCells.length, turn)) {
        if (signal.aborted || left <= 0) return
        const cell = (): Promise<Uint8Array> =>
          number < plan.dataCells ? readCell(number) : repairs.read(number)
        const body = kind === "cell" ? await cell() : kind === "head" ? head : tableCells[number]
        const frame = formatPackFrame({ kind, number, pack, body: body as Uint8Array })
        await carousel.write(frame.subarray(0, Math.min(frame.length, left)))
        left -= frame.length
      }
    }
  } finally {
    await repairs.close()
  }
}
