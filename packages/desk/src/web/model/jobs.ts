import type { FeedDelivery, PullProgress, PullSummary } from "../../desk.ts"
import { number, words } from "../words/words.ts"
import { postJson, runJob } from "./client.ts"
import { desk, refresh } from "./desk.ts"
import { runWork, say, warn } from "./status.ts"

/** Pulls from all relays. */
export async function pull(): Promise<void> {
  const { work } = words.value
  if (desk.value?.desk.relays === 0) return warn(work.noRelays)
  await runWork(work.pulling, async (signal, detail) => {
    let cells = 0
    let newCells = 0
    const summary = await thenRefresh(
      runJob<PullProgress, PullSummary>("/api/pull", signal, (line) => {
        cells += line.cells
        newCells += line.newCells
        detail(work.cells(number(cells), number(newCells)))
      }),
    )
    const failed = summary.sources.filter((source) => source.failed !== null)
    if (failed.length > 0) warn(failed.map((source) => work.sourceFailed(source.from)).join(" "))
    else if (summary.received.length + summary.completed.length === 0) say(work.pulledNothing)
    else say(work.pulled(number(summary.received.length), number(summary.waiting)))
  })
}

/** Makes receipts for whole reports and gives them to the relays. */
export async function sendReceipts(): Promise<void> {
  const { work } = words.value
  await runWork(work.sendingReceipts, async (signal) => {
    const made = await postJson<{ receipts: number; relays: readonly FeedDelivery[] }>(
      "/api/receipts",
      {},
      signal,
    )
    const failed = made.relays.filter((relay) => relay.failed !== null)
    if (failed.length > 0) warn(failed.map((relay) => work.sourceFailed(relay.relay)).join(" "))
    else say(work.receiptsDone(number(made.receipts)))
  })
}

/** Publishes an event, an action or a story. Whoever calls this has asked the member. */
export async function publish(id: string): Promise<void> {
  const { work, publish } = words.value
  await runWork(work.publishing, async (signal) => {
    const done = await thenRefresh(
      postJson<{ revision: number }>(`/api/publications/${encodeURIComponent(id)}/publish`, {}, signal),
    )
    say(publish.done(number(done.revision)))
  })
}

/** Builds the archive, where the shell can. */
export async function buildArchive(): Promise<void> {
  const { work, publish } = words.value
  if (desk.value?.canBuildArchive !== true) return say(publish.noArchive)
  await runWork(work.building, async (signal) => {
    const { folder } = await runJob<never, { folder: string }>("/api/archive", signal, () => {})
    say(publish.archiveDone(folder))
  })
}

// Stopped or failed, something may have changed all the same: what stands on the page is asked for anew.
async function thenRefresh<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } finally {
    await refresh()
  }
}
