import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { FEED_DAYS, FEED_NUMBERS } from "../../limits.ts"
import { hashOf, seededBytes } from "../../testing/test-relay.ts"
import type { FeedPart, VerifiedHead } from "../port.ts"
import { type FreshBed, layBed, reopened, type StoreBed, type TestWorld } from "./store-bed.ts"

/** A number of a feed as a store sees it: it opens nothing, so any bytes will do. */
export interface StoredNumber {
  readonly head: VerifiedHead
  readonly parts: readonly FeedPart[]
}

export const DESK: Uint8Array = seededBytes("a desk of the contract", 32)

/** A number after another; its first part, the card, is the same for all. */
export function numberAfter(before: StoredNumber | null, label = "", number?: number): StoredNumber {
  const next = number ?? (before?.head.number ?? 0) + 1
  const part = (name: string): FeedPart => {
    const bytes = seededBytes(`part ${name}`, 300)
    return { hash: Buffer.from(hashOf(bytes), "hex"), bytes }
  }
  const parts = [part("card"), part(`of ${next} ${label}`), part(`also of ${next} ${label}`)]
  const bytes = seededBytes(`head ${next} ${label}`, 500)
  const head = {
    deskKey: DESK,
    number: next,
    previous: before === null ? null : toHex(before.head.hash),
    hash: Buffer.from(hashOf(bytes), "hex"),
    bytes,
    card: (parts[0] as FeedPart).hash,
    parts: parts.map(({ hash }) => hash),
  }
  return { head, parts }
}

/** What every adapter does with feeds. */
export function feedContract(name: string, makeBed: (world: TestWorld) => StoreBed): void {
  const fresh = async (): Promise<FreshBed> => await layBed(makeBed)
  const capability = { capabilityHash: seededBytes("capability", 32), kind: "desk" as const }

  test(`${name}: a number is served with its parts when its head is there, and not before`, async () => {
    const { bed, store } = await fresh()
    const { head, parts } = numberAfter(null)
    const last = parts.at(-1) as FeedPart
    await expect(store.feeds.put(head)).rejects.toMatchObject({ code: "missing-part" })
    await store.feeds.putParts(parts.slice(0, -1))
    await expect(store.feeds.put(head)).rejects.toMatchObject({ code: "missing-part" })
    await store.feeds.putParts([last])
    expect(await store.feeds.part(DESK, last.hash)).toBeNull()
    expect(await store.feeds.put(head)).toBe("kept")
    const again = await reopened(bed, store)
    expect(Buffer.from((await again.feeds.head(DESK, null)) ?? []).equals(head.bytes)).toBe(true)
    for (const { hash, bytes } of parts) {
      expect(Buffer.from((await again.feeds.part(DESK, hash)) ?? []).equals(bytes)).toBe(true)
      expect(await again.feeds.part(seededBytes("another desk", 32), hash)).toBeNull()
    }
  })

  test(`${name}: a second of one number, one that does not follow, and one from before are told apart`, async () => {
    const { store } = await fresh()
    const put = async ({ head, parts }: StoredNumber): Promise<string> => {
      await store.feeds.putParts(parts)
      expect(await store.feeds.outcome(head)).toBe(await store.feeds.put(head))
      return await store.feeds.outcome(head)
    }
    const [one, other] = [numberAfter(null), numberAfter(null, "other")]
    const two = numberAfter(one)
    expect([await put(one), await put(two), await put(one)]).toEqual(["kept", "kept", "kept"])
    expect([await put(other), await put(numberAfter(other, "of other"))]).toEqual(["split", "split"])
    expect(await put(numberAfter(other, "after other", 3))).toBe("split")
    expect([await put(numberAfter(two, "", 9)), await put(numberAfter(two))]).toEqual(["kept", "rollback"])
  })

  test(`${name}: a card is to be had by its hash while its desk is admitted`, async () => {
    const { store, world } = await fresh()
    const { head, parts } = numberAfter(null)
    await store.feeds.putParts(parts)
    await store.feeds.put(head)
    expect(await store.feeds.card(head.card, store.today())).toBeNull()
    await store.admissions.add({ ...capability, key: DESK, untilDay: store.today() + 5 })
    expect(await store.feeds.card(head.card, store.today())).not.toBeNull()
    expect(await store.feeds.card((parts[1] as FeedPart).hash, store.today())).toBeNull()
    expect(await store.feeds.newest(store.today())).toMatchObject([{ number: 1 }])
    world.passDays(6)
    expect(await store.feeds.card(head.card, store.today())).toBeNull()
    expect(await store.feeds.newest(store.today())).toEqual([])
  })

  test(`${name}: numbers past their days go with what only they listed, and parts without a head after a day`, async () => {
    const { store, world } = await fresh()
    await store.admissions.add({ ...capability, key: DESK, untilDay: store.today() + 80 })
    let last: StoredNumber | null = null
    const all: StoredNumber[] = []
    for (let i = 0; i < FEED_NUMBERS + 2; i++) {
      last = numberAfter(last)
      await store.feeds.putParts(last.parts)
      expect(await store.feeds.put(last.head)).toBe("kept")
      all.push(last)
    }
    const orphan = numberAfter(null, "orphan")
    await store.feeds.putParts(orphan.parts)
    await store.expire()
    // Still there: its head may be on its way.
    expect(await store.feeds.outcome(orphan.head)).toBe("split")
    world.passDays(FEED_DAYS + 1)
    await store.expire()
    const served = await Promise.all(
      all.map(async ({ head }) => (await store.feeds.head(DESK, head.number)) !== null),
    )
    expect(served).toEqual(all.map((_, i) => i >= 2))
    const card = all[0]?.head.card as Uint8Array
    expect(await store.feeds.part(DESK, card)).not.toBeNull()
    expect(await store.feeds.part(DESK, all[0]?.head.parts[1] as Uint8Array)).toBeNull()
    // The parts of the orphan are gone: a head for them would be refused.
    const late = { ...numberAfter(last), parts: orphan.parts }
    await expect(store.feeds.put({ ...late.head, parts: orphan.head.parts.slice(1) })).rejects.toMatchObject({
      code: "missing-part",
    })
  })
}
