import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { readValue, writeValue } from "../store/index.ts"
import { cheapStretch } from "../testing/cheap-stretch.ts"
import { Crash, type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { type Lock, lockOf } from "./index.ts"

const OWN = "گلابی آسمان دریا کاغذ"
const NEXT = "abandon ability able about"
const DURESS = "هندوانه خربزه انگور انجیر"
const { stretch } = cheapStretch(p)
const lockIn = (drawer: CrashingDrawer): Lock => lockOf(drawer, stretch, p)

/** A place with a lock, a second passphrase and something kept. */
async function furnished(): Promise<Map<string, Uint8Array>> {
  const drawer = crashingDrawer(0, false)
  const opened = await lockIn(drawer).create(OWN)
  await writeValue(opened, "unit", "kept")
  await lockIn(drawer).setDuress(OWN, DURESS)
  return await snapshot(drawer)
}

/** What a passphrase gives: what was kept, an empty place, or nothing. */
async function gives(drawer: CrashingDrawer, passphrase: string): Promise<"kept" | "empty" | "nothing"> {
  return await lockIn(drawer)
    .unlock(passphrase)
    .then(async (opened) => ((await readValue(opened, "unit")) === "kept" ? "kept" : "empty"))
    .catch(() => "nothing")
}

/** Runs `work` with the disk failing at every call in turn, and looks at what is found after the power cut. */
async function cutAtEveryCall(
  before: ReadonlyMap<string, Uint8Array>,
  work: (lock: Lock) => Promise<unknown>,
  look: (found: () => CrashingDrawer, done: boolean) => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n++) {
    const drawer = crashingDrawer(n, true, before)
    const done = await work(lockIn(drawer)).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Crash)
        return false
      },
    )
    for (let luck = 0; luck < 4; luck++) {
      const found = drawer.afterCrash(dice(n * 31 + luck))
      const bytes = await snapshot(found)
      await look(() => crashingDrawer(0, false, bytes), done)
    }
    if (done && drawer.calls < n) return n
  }
}

test("a passphrase is changed whole or not at all, wherever the power goes; the second one goes on", async () => {
  const before = await furnished()
  const met = new Set<string>()
  await cutAtEveryCall(
    before,
    (lock) => lock.change(OWN, NEXT),
    async (found, done) => {
      const [old, next] = [await gives(found(), OWN), await gives(found(), NEXT)]
      met.add(`${old} ${next}`)
      if (done) expect([old, next]).toEqual(["nothing", "kept"])
      else expect([old, next]).toContain("kept")
      expect(await gives(found(), DURESS)).toBe("empty")
      // Whichever opened is from then on the one: what a cut left of the other is gone.
      const winner = old === "kept" ? OWN : NEXT
      const drawer = found()
      await gives(drawer, winner)
      expect(await gives(drawer, winner === OWN ? NEXT : OWN)).toBe("nothing")
      expect(await gives(drawer, winner)).toBe("kept")
    },
  )
  expect(met.has("kept nothing") && met.has("nothing kept")).toBe(true)
})

test("control: a lock whose places are both written at once loses everything to one power cut", async () => {
  let lost = 0
  const before = await furnished()
  const lock = before.get("lock") as Uint8Array
  for (let seed = 0; seed < 30; seed++) {
    const drawer = crashingDrawer(2, true, before)
    const file = await drawer.open("lock", false)
    await file?.write(0, p.random(lock.length)).catch(() => undefined)
    await file?.flush().catch(() => undefined)
    if ((await gives(drawer.afterCrash(dice(seed)), OWN)) === "nothing") lost++
  }
  expect(lost).toBeGreaterThan(5)
})

test("setting the second passphrase, or taking it away, wherever it is cut, never costs the first", async () => {
  const before = await furnished()
  for (const duress of [NEXT, null]) {
    await cutAtEveryCall(
      before,
      (lock) => lock.setDuress(OWN, duress),
      async (found, done) => {
        if (done) expect(await gives(found(), DURESS)).toBe("nothing")
        if (done && duress !== null) expect(await gives(found(), NEXT)).toBe("empty")
        expect(await gives(found(), OWN)).toBe("kept")
      },
    )
  }
})

test("the two passphrases are never the same: the lock would open or wipe by chance", async () => {
  const drawer = crashingDrawer(0, false, await furnished())
  await expect(lockIn(drawer).setDuress(OWN, ` ${OWN} `)).rejects.toMatchObject({ code: "weak" })
  await expect(lockIn(drawer).change(OWN, DURESS)).rejects.toMatchObject({ code: "weak" })
  expect(await gives(drawer, OWN)).toBe("kept")
  expect(await gives(drawer, DURESS)).toBe("empty")
})

test("the second passphrase takes the first one's key before all else, and opens an empty place like any new one", async () => {
  const before = await furnished()
  const key = before.get("lock") as Uint8Array
  await cutAtEveryCall(
    before,
    (lock) => lock.unlock(DURESS),
    async (found, done) => {
      const files = await snapshot(found())
      // As soon as one file is gone, so is the key.
      if (!files.has("unit") || done) expect(await gives(found(), OWN)).toBe("nothing")
      if (done) expect([...files.keys()]).toEqual(["lock"])
      if (done) expect(files.get("lock")).toHaveLength(key.length)
      // Cut anywhere, it is finished by the same passphrase, and the place can be used.
      const drawer = found()
      expect(await gives(drawer, DURESS)).toBe("empty")
      const opened = await lockIn(drawer).unlock(DURESS)
      await writeValue(opened, "unit", "kept")
      expect(await gives(drawer, DURESS)).toBe("kept")
      expect(await gives(drawer, OWN)).toBe("nothing")
    },
  )
})

test("a wipe takes the key before any file, and whatever is cut is finished at the next start", async () => {
  const before = await furnished()
  let keyAlive = 0
  await cutAtEveryCall(
    before,
    (lock) => lock.wipe(),
    async (found, done) => {
      const files = await snapshot(found())
      if (!files.has("unit") || done) {
        expect(await gives(found(), OWN)).toBe("nothing")
        expect(await gives(found(), DURESS)).toBe("nothing")
      }
      const drawer = found()
      const form = await lockIn(drawer).form()
      // A power cut before the key was overwritten leaves what was; nobody was told that it is gone.
      if (form === "locked") keyAlive++
      else expect([form, await drawer.names()]).toEqual(["none", []])
      if (done) expect(form).toBe("none")
    },
  )
  expect(keyAlive).toBeGreaterThan(0)
})

test("right, wrong and second passphrase cost one Argon2id each, and the two slots cannot be told apart", async () => {
  const before = await furnished()
  for (const passphrase of [OWN, NEXT, DURESS]) {
    const counted = cheapStretch(p)
    const drawer = crashingDrawer(0, false, before)
    await lockOf(drawer, counted.stretch, p)
      .unlock(passphrase)
      .catch(() => undefined)
    expect(counted.calls()).toBe(1)
  }
  // With a second passphrase and without: every byte but salt and stamp is as good as random, in every place.
  const ones = { with: [0, 0, 0, 0], without: [0, 0, 0, 0] }
  const firsts = new Set<number>()
  for (let i = 0; i < 24; i++) {
    const drawer = crashingDrawer(0, false)
    await lockIn(drawer).create(OWN)
    if (i % 2 === 0) await lockIn(drawer).setDuress(OWN, DURESS)
    const lock = (await snapshot(drawer)).get("lock") as Uint8Array
    expect(lock).toHaveLength(16_384)
    for (let place = 0; place < 4; place++) {
      const bytes = lock.subarray(place * 4096 + 48, place * 4096 + 4096)
      ones[i % 2 === 0 ? "with" : "without"][place]! += bits(bytes)
      expect(lock.subarray(place * 4096, place * 4096 + 48)).toEqual(lock.subarray(0, 48))
    }
    firsts.add(await ownSlot(drawer))
  }
  // 12 places of 4,048 bytes: half of the bits are set, give or take five standard deviations.
  const half = (12 * 4048 * 8) / 2
  const slack = 5 * Math.sqrt(12 * 4048 * 8 * 0.25)
  for (const count of [...ones.with, ...ones.without]) expect(Math.abs(count - half)).toBeLessThan(slack)
  expect(firsts).toEqual(new Set([0, 1]))
})

test("one place that rots costs nothing, and is written anew; two of one slot are the lock", async () => {
  const before = await furnished()
  for (let place = 0; place < 4; place++) {
    const drawer = crashingDrawer(0, false, flipped(before, place))
    expect(await gives(drawer, OWN)).toBe("kept")
    const own = await ownSlot(crashingDrawer(0, false, before))
    if (place >> 1 === own) {
      const healed = flipped(await snapshot(drawer), place ^ 1)
      expect(await gives(crashingDrawer(0, false, healed), OWN)).toBe("kept")
    }
  }
  const own = await ownSlot(crashingDrawer(0, false, before))
  const both = flipped(flipped(before, own * 2), own * 2 + 1)
  expect(await gives(crashingDrawer(0, false, both), OWN)).toBe("nothing")
})

test("whoever holds a key that was wiped writes nothing more", async () => {
  const drawer = crashingDrawer(0, false, await furnished())
  const elsewhere = await lockIn(drawer).unlock(OWN)
  await writeValue(elsewhere, "unit", "kept")
  await lockIn(drawer).wipe()
  await expect(writeValue(elsewhere, "unit", "kept")).rejects.toMatchObject({ code: "wiped" })
  const anew = await lockIn(drawer).create(NEXT)
  await expect(writeValue(elsewhere, "unit", "kept")).rejects.toMatchObject({ code: "wiped" })
  expect(await drawer.names()).toEqual(["lock"])
  await writeValue(anew, "unit", "kept")
  await lockIn(drawer).setDuress(NEXT, DURESS)
  await lockIn(drawer).unlock(DURESS)
  await expect(writeValue(anew, "unit", "kept")).rejects.toMatchObject({ code: "wiped" })
  expect(await drawer.names()).toEqual(["lock"])
})

test("a lock without a passphrase gets one whole or not at all, and files without a lock are never taken for none", async () => {
  const drawer = crashingDrawer(0, false)
  await writeValue(await lockIn(drawer).openWithout(), "unit", "kept")
  expect(await lockIn(drawer).form()).toBe("open")
  await expect(lockIn(drawer).create(OWN)).rejects.toMatchObject({ code: "there-is-one" })
  await cutAtEveryCall(
    await snapshot(drawer),
    (lock) => lock.close(OWN),
    async (found, done) => {
      const lock = lockIn(found())
      if ((await lock.form()) === "open") {
        expect(done).toBe(false)
        expect(await readValue(await lock.openWithout(), "unit")).toBe("kept")
      } else {
        expect(await gives(found(), OWN)).toBe("kept")
        await expect(lock.openWithout()).rejects.toMatchObject({ code: "there-is-one" })
      }
    },
  )
  await drawer.remove("lock")
  expect(await lockIn(drawer).form()).toBe("damaged")
  await expect(lockIn(drawer).create(OWN)).rejects.toMatchObject({ code: "damaged" })
})

async function ownSlot(drawer: CrashingDrawer): Promise<number> {
  const before = await snapshot(drawer)
  const without = flipped(flipped(before, 0), 1)
  return (await gives(crashingDrawer(0, false, without), OWN)) === "nothing" ? 0 : 1
}

function flipped(files: ReadonlyMap<string, Uint8Array>, place: number): Map<string, Uint8Array> {
  const lock = (files.get("lock") as Uint8Array).slice()
  lock[place * 4096 + 60]! ^= 1
  return new Map([...files, ["lock", lock]])
}

function bits(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) for (let bit = byte; bit > 0; bit >>= 1) count += bit & 1
  return count
}

function dice(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function snapshot(drawer: CrashingDrawer): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>()
  for (const name of await drawer.names()) {
    const file = await drawer.open(name, false)
    if (file !== null) bytes.set(name, await file.read(0, await file.size()))
  }
  return bytes
}
