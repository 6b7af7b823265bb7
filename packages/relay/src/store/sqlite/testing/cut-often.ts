import { createHash } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { nodePrimitives } from "@govah/node"
import { freshFolder, SHORT_BYTES } from "../../../testing/test-relay.ts"
import { makeWorld } from "../../testing/store-bed.ts"
import { findFaults } from "../../testing/store-script.ts"
import { openStore } from "../sqlite-store.ts"
import { type DiskEvent, watchDisk } from "./disk-watch.ts"
import { cutPower, type Draw } from "./power-cut.ts"

const program = fileURLToPath(new URL("script-main.ts", import.meta.url))

/** Plays the script in a process of its own; `hasty`: without waiting for the disk. See `script-main.ts`. */
export function watchScript(mode: "careful" | "hasty" | "hasty bodies"): DiskEvent[] {
  const folder = freshFolder()
  const disk = join(folder, "disk")
  mkdirSync(disk)
  return watchDisk(disk, join(folder, "strace.log"), program, [join(disk, "relay.db"), mode])
}

function drawFrom(seed: string): Draw {
  let count = 0
  return (below) => createHash("sha256").update(`${seed} ${count++}`).digest().readUInt32BE() % below
}

/** Cuts the power at many instants. @returns what was lost or half kept at each. */
export async function cutOften(events: readonly DiskEvent[], cuts: number): Promise<string[]> {
  const faults: string[] = []
  for (let cut = 0; cut < cuts; cut++) {
    const draw = drawFrom(`cut ${cut}`)
    const folder = freshFolder()
    const until = draw(events.length + 1)
    const told = cutPower(events.slice(0, until), folder, draw)
    const deps = { ...makeWorld(), primitives: nodePrimitives }
    try {
      const store = openStore(join(folder, "relay.db"), deps, { retentionDays: 10, cellBytes: SHORT_BYTES })
      faults.push(...(await findFaults(store, told)).map((fault) => `cut ${cut}, at ${until}: ${fault}`))
      await store.close()
    } catch (error) {
      faults.push(`cut ${cut}, at ${until}: ${error}`)
    }
  }
  return faults
}
