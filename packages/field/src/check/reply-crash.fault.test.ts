import { concatBytes } from "@govah/core/bytes"
import { openWholeFeed } from "@govah/core/feed"
import { sealReply, startChain } from "@govah/core/reply"
import { sampleFeed } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { openOutbox } from "../outbox/index.ts"
import { addChain, addUnread, readUnread } from "../replies/index.ts"
import type { LockedDrawer } from "../store/index.ts"
import { Crash, type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { fileSource, followFeed } from "./index.ts"

const seed = p.random(32)
const secret = p.random(32)
const slot = await sealReply(startChain(secret), "an answer", p)
const sample = await sampleFeed(seed, { buckets: [concatBytes(slot, p.random(3 * slot.length))] }, p)
const source = fileSource(await openWholeFeed(sample.whole, p))

async function follow(drawer: LockedDrawer, onReply: (words: string) => void | Promise<void>): Promise<void> {
  const outbox = await openOutbox(drawer, p)
  await followFeed(source, sample.head.desk, { drawer, outbox, primitives: p, unit: p.random(32), onReply })
}

/** A place that waits for an answer, on a disk that fails at the n-th call after that. */
async function waiting(failAt: number): Promise<{ drawer: CrashingDrawer; calls: number }> {
  const dry = crashingDrawer(0, false)
  await addChain(locked(dry, p), secret, p)
  const drawer = crashingDrawer(dry.calls + failAt, true)
  await addChain(locked(drawer, p), secret, p)
  return { drawer, calls: dry.calls }
}

/** @returns whether the disk failed before it had ended. */
async function fails(work: Promise<void>): Promise<boolean> {
  return await work.then(
    () => false,
    (error: unknown) => {
      expect(error).toBeInstanceOf(Crash)
      return true
    },
  )
}

test("an answer that comes while the disk fails at any call is there once after the next asking; one that is only shown is lost", async () => {
  let lost = 0
  let crashes = 0
  for (let n = 1; ; n++) {
    const { drawer } = await waiting(n)
    const own = locked(drawer, p)
    const hasFailed = await fails(follow(own, (words) => addUnread(own, words)))
    if (!hasFailed) break
    crashes++
    const found = locked(
      drawer.afterCrash(() => 0.5),
      p,
    )
    await follow(found, (words) => addUnread(found, words))
    expect(await readUnread(found), `call ${n}`).toEqual(["an answer"])

    // Control: what is handed to a page's memory goes with the page.
    const { drawer: weak } = await waiting(n)
    if (!(await fails(follow(locked(weak, p), () => undefined)))) continue
    const shown: string[] = []
    await follow(
      locked(
        weak.afterCrash(() => 0.5),
        p,
      ),
      (words) => void shown.push(words),
    )
    if (shown.length === 0) lost++
  }
  expect(crashes).toBeGreaterThan(10)
  expect(lost).toBeGreaterThan(0)
})
