import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { scribbling } from "@govah/core/testing"
import { nodePrimitives } from "@govah/node"
import type { Desk, DeskDeps } from "../desk.ts"
import { createCheapDesk } from "./cheap-desk.ts"

export const PASSPHRASE = "five plain words for tests"

/** A clock that a test sets. */
export interface TestClock {
  /** Milliseconds since 1970. */
  now: number
}

/** A folder of its own that is removed with `dispose`. */
export interface TestDesk {
  readonly desk: Desk
  readonly folder: string
  readonly clock: TestClock
  readonly deps: DeskDeps
  /** Today by the clock, YYYY-MM-DD. */
  today(): string
  /** Writes cells into a bundle file and takes it. */
  take(cells: readonly Uint8Array[], name?: string): ReturnType<Desk["take"]>
  dispose(): Promise<void>
}

/** A new desk on a disk of the machine that runs the tests. @param over - what it has of the world beside the usual. */
export async function makeTestDesk(over: Partial<DeskDeps> = {}): Promise<TestDesk> {
  const home = await mkdtemp(join(tmpdir(), "govah-desk-"))
  const folder = join(home, "desk")
  const clock: TestClock = { now: Date.UTC(2026, 0, 10, 12) }
  const deps: DeskDeps = { now: () => new Date(clock.now), primitives: scribbling(nodePrimitives), ...over }
  const desk = await createCheapDesk(folder, { name: "آزمون", passphrase: PASSPHRASE }, deps)
  return {
    desk,
    folder,
    clock,
    deps,
    today: () => deps.now().toISOString().slice(0, 10),
    take: async (cells, name = "bundle") => {
      await writeFile(join(home, name), Buffer.concat(cells))
      return await desk.take(join(home, name))
    },
    dispose: async () => {
      desk.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
