import { concatBytes, equalBytes, utf8Bytes } from "@govah/core/bytes"
import {
  LOCK_BYTES,
  type LockMark,
  makeOpenPlace,
  makePlace,
  markOf,
  openOpenPlace,
  openPlace,
  PLACE_BYTES,
  SALT_BYTES,
  STAMP_BYTES,
  type Stretch,
  VAULT_KEY_BYTES,
} from "@govah/core/lock"
import { normalisePassphrase } from "@govah/core/passphrase"
import type { Primitives } from "@govah/core/primitives"
import { type Drawer, type DrawerFile, type LockedDrawer, lockedDrawer, withFile } from "../store/index.ts"
import { isWiped, type LockForm, type OpenedLock, placesOf, tryPassphrase } from "./lock-bytes.ts"
import { LockError } from "./lock-error.ts"
import { LOCK_FILE } from "./lock-file.ts"

/**
 * The lock of one drawer. Everything but cells lies under a key that only its passphrase gives.
 *
 * 1. A passphrase is changed whole or not at all, whenever the power goes.
 * 2. The second passphrase cannot be seen, nor whether there is one; typing it looks like opening.
 * 3. After a wipe, or the second passphrase, no passphrase gives the key again.
 */
export interface Lock {
  form(): Promise<LockForm>
  /** Makes a lock, where nothing is kept yet. @throws LockError `there-is-one`. */
  create(passphrase: string): Promise<LockedDrawer>
  /** Makes a lock that needs no passphrase, or opens it. @throws LockError `there-is-one` where one is needed, `damaged`. */
  openWithout(): Promise<LockedDrawer>
  /** @param passphrase - as typed. @throws LockError `wrong`, `none`, `damaged`. */
  unlock(passphrase: string): Promise<LockedDrawer>
  /** Gives a lock without a passphrase one. Cut short, it still opens without. @throws LockError `there-is-one`, `none`. */
  close(passphrase: string): Promise<void>
  /** @throws LockError as {@link unlock}, `weak` for the second passphrase; then the old one still opens. */
  change(passphrase: string, next: string): Promise<void>
  /** Sets, replaces or (null) takes away the second passphrase. @throws LockError as {@link unlock}, `weak` for the first. */
  setDuress(passphrase: string, duress: string | null): Promise<void>
  /** Destroys the key, then removes every file. What is cut is finished by {@link form}. */
  wipe(): Promise<void>
}

/** @param stretch - Argon2id, as the platform has it. */
export function lockOf(drawer: Drawer, stretch: Stretch, primitives: Primitives): Lock {
  const random = (byteLength: number): Uint8Array => primitives.random(byteLength)
  const stretched = async (passphrase: string, { salt }: LockMark): Promise<Uint8Array> =>
    await stretch(utf8Bytes(normalisePassphrase(passphrase)), salt)

  async function readPlaces(): Promise<readonly Uint8Array[] | null> {
    return await withFile(drawer, LOCK_FILE, false, async (file) => placesOf(await file.read(0, LOCK_BYTES)))
  }
  async function form(): Promise<LockForm> {
    const places = await readPlaces()
    if (places === null) return (await drawer.names()).length === 0 ? "none" : "damaged"
    if (isWiped(places)) {
      // What a tab that sleeps holds open goes another time; its key is gone.
      await removeAll().catch(() => undefined)
      return (await drawer.names()).length === 0 ? "none" : "wiped"
    }
    return (await openWithoutOf(places)) === null ? "locked" : "open"
  }
  async function openWithoutOf(places: readonly Uint8Array[]): Promise<LockedDrawer | null> {
    for (const place of places) {
      const key = await openOpenPlace(place, primitives)
      if (key !== null) return drawerOf(key, markOf(place))
    }
    return null
  }
  /** The four places of a new lock with this key; which slot is the person's is drawn. */
  async function newPlaces(passphrase: string, mark: LockMark, key: Uint8Array): Promise<Uint8Array[]> {
    const opened = { kind: "own", key } as const
    const own = await pair(mark, await stretched(passphrase, mark), opened, primitives)
    const other = await pair(mark, null, opened, primitives)
    const isFirst = ((random(1)[0] as number) & 1) === 0
    return isFirst ? [...own, ...other] : [...other, ...own]
  }
  /** Writes a new lock whole. @throws LockError where there is one. */
  async function writeNew(places: readonly Uint8Array[]): Promise<void> {
    const found = await form()
    if (found === "wiped") throw new LockError("wiped", "what was here is still being removed")
    if (found === "damaged") throw new LockError("damaged", "there are files here and no lock")
    await withFile(drawer, LOCK_FILE, true, async (file) => {
      const there = placesOf(await file.read(0, LOCK_BYTES))
      if (!isWiped(there)) throw new LockError("there-is-one", "there is a lock already")
      await file.write(0, concatBytes(...places))
      await file.flush()
    })
  }
  async function readPlace(file: DrawerFile, at: number): Promise<Uint8Array> {
    return placesOf(await file.read(0, LOCK_BYTES))[at] as Uint8Array
  }
  async function writePlace(file: DrawerFile, at: number, place: Uint8Array): Promise<void> {
    await file.write(at * PLACE_BYTES, place)
    await file.flush()
  }
  /** Writes the two places of a slot, that of `whole` last: whenever it is cut, one of them says what was or will be. */
  async function writeSlot(file: DrawerFile, whole: number, places: readonly Uint8Array[]): Promise<void> {
    await writePlace(file, whole ^ 1, places[0] as Uint8Array)
    await writePlace(file, whole, places[1] as Uint8Array)
  }
  /** Two places of one content. Their random ends differ. */
  async function pair(...made: Parameters<typeof makePlace>): Promise<readonly Uint8Array[]> {
    return [await makePlace(...made), await makePlace(...made)]
  }
  /** Opens the person's slot, and works on the file. */
  async function withOpened<T>(
    passphrase: string,
    work: (file: DrawerFile, opened: OpenedLock) => Promise<T>,
  ): Promise<T> {
    const result = await withFile(drawer, LOCK_FILE, false, async (file) => {
      const places = placesOf(await file.read(0, LOCK_BYTES))
      if (isWiped(places)) throw new LockError("none", "there is no lock here")
      const opened = await tryPassphrase(places, passphrase, stretch, primitives)
      if (opened === null) throw new LockError("wrong", "the passphrase opens nothing here")
      return { of: await work(file, opened) }
    })
    if (result === null) throw new LockError("none", "there is no lock here")
    return result.of
  }
  function drawerOf(key: Uint8Array, { stamp }: LockMark): LockedDrawer {
    return lockedDrawer(drawer, key, primitives, async () => {
      const places = await readPlaces()
      // One that has rotted says nothing; a new lock has another stamp in all four.
      if (places?.some((place) => equalBytes(markOf(place).stamp, stamp)) !== true) {
        throw new LockError("wiped", "what was open here has been wiped")
      }
    })
  }
  /** The second passphrase: the first one's slot goes, then everything, and what is left is a new lock like any other. */
  async function surrender(file: DrawerFile, opened: OpenedLock): Promise<LockedDrawer> {
    const mark = { salt: opened.mark.salt, stamp: random(STAMP_BYTES) }
    const nothing = { kind: "own", key: new Uint8Array(VAULT_KEY_BYTES) } as const
    const other = opened.place < 2 ? 2 : 0
    await writePlace(file, other, concatBytes(...(await pair(mark, null, nothing, primitives))))
    await removeAllButLock()
    const key = random(VAULT_KEY_BYTES)
    await writeSlot(file, opened.place, await pair(mark, opened.stretched, { kind: "own", key }, primitives))
    return drawerOf(key, mark)
  }
  async function removeAllButLock(): Promise<void> {
    for (const name of await drawer.names()) if (name !== LOCK_FILE) await drawer.remove(name)
  }
  async function removeAll(): Promise<void> {
    await removeAllButLock()
    await drawer.remove(LOCK_FILE)
  }

  return {
    form,
    create: async (passphrase) => {
      const mark = { salt: random(SALT_BYTES), stamp: random(STAMP_BYTES) }
      const key = random(VAULT_KEY_BYTES)
      await writeNew(await newPlaces(passphrase, mark, key))
      return drawerOf(key, mark)
    },
    openWithout: async () => {
      const there = await readPlaces()
      if (there === null || isWiped(there)) {
        const place = await makeOpenPlace(random(VAULT_KEY_BYTES), primitives)
        await writeNew([place, place, place, place])
      }
      const opened = await openWithoutOf((await readPlaces()) ?? [])
      if (opened === null) throw new LockError("there-is-one", "a passphrase is needed here")
      return opened
    },
    close: async (passphrase) => {
      const done = await withFile(drawer, LOCK_FILE, false, async (file) => {
        const places = placesOf(await file.read(0, LOCK_BYTES))
        const keys = await Promise.all(places.map((place) => openOpenPlace(place, primitives)))
        const key = keys.find((one) => one !== null)
        if (key === null || key === undefined)
          throw new LockError("there-is-one", "there is a passphrase already")
        const mark = { salt: random(SALT_BYTES), stamp: random(STAMP_BYTES) }
        for (const [at, place] of (await newPlaces(passphrase, mark, key)).entries()) {
          await writePlace(file, at, place)
        }
        return true
      })
      if (done === null) throw new LockError("none", "there is no lock here")
    },
    unlock: async (passphrase) =>
      await withOpened(passphrase, async (file, opened) => {
        if (opened.kind === "duress") return await surrender(file, opened)
        if (!opened.isWhole) {
          // A change that was cut, or rot: what opened is what holds.
          const twin = await makePlace(opened.mark, opened.stretched, opened, primitives)
          await writePlace(file, opened.place ^ 1, twin)
        }
        return drawerOf(opened.key, opened.mark)
      }),
    change: async (passphrase, next) => {
      await withOpened(passphrase, async (file, opened) => {
        if (opened.kind === "duress") throw new LockError("wrong", "the passphrase opens nothing here")
        const key = await stretched(next, opened.mark)
        // Opened by both, the lock would wipe or open by chance.
        const second = await openPlace(await readPlace(file, opened.place ^ 2), key, primitives)
        if (second !== null) throw new LockError("weak", "this is the second passphrase")
        const places = await pair(opened.mark, key, opened, primitives)
        await writeSlot(file, opened.place, places)
      })
    },
    setDuress: async (passphrase, duress) => {
      await withOpened(passphrase, async (file, opened) => {
        if (opened.kind === "duress") throw new LockError("wrong", "the passphrase opens nothing here")
        const key = duress === null ? null : await stretched(duress, opened.mark)
        // Opened by both, the lock would wipe or open by chance.
        if (key !== null && equalBytes(key, opened.stretched)) {
          throw new LockError("weak", "this is the passphrase that opens")
        }
        const nothing = { kind: "duress", key: random(VAULT_KEY_BYTES) } as const
        await writeSlot(file, opened.place ^ 2, await pair(opened.mark, key, nothing, primitives))
      })
    },
    wipe: async () => {
      await withFile(drawer, LOCK_FILE, true, async (file) => {
        await file.write(0, new Uint8Array(LOCK_BYTES))
        await file.flush()
      })
      await removeAll()
    },
  }
}
