import { toHex } from "@govah/core/bytes"
import { isFile, isNewer, type Release, ReleaseError } from "@govah/core/release"
import { type Alarm, parseAlarm } from "./alarm.ts"
import { fillShelf, followLog, offered } from "./fetch-release.ts"
import type { GuardPorts } from "./ports.ts"
import { type OnShelf, onShelf, shelved, TAKEN, tidyShelf } from "./shelved.ts"

/** How the program stands. */
export interface Looked extends OnShelf {
  readonly alarm: Alarm | null
  /** Whether the place that the program came from answered with a release. */
  readonly reached: boolean
}

/** Longest `sw.js` that is read, in bytes. */
const MAX_WORKER_BYTES = 65_536

/**
 * Looks whether the program on this device is still the one that was signed, and whether a newer one is offered. The first
 * time it installs. A newer one is checked and fetched whole, and changes nothing until it is taken. What must not be
 * believed raises an alarm, which stays.
 *
 * @param isThorough - every file that is served is compared, also those that are here: for a person who asks, since it costs
 *   as much as an update.
 * @throws whatever the device throws where there is no room: what was installed is whole.
 */
export async function look(ports: GuardPorts, isThorough = false): Promise<Looked> {
  const here = await onShelf(ports)
  const standing = await alarmOn(ports)
  if (standing !== null) return { ...here, ready: null, alarm: standing, reached: false }
  try {
    return await lookThere(here, isThorough, ports)
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error
    const alarm = error instanceof OtherServed ? error.alarm : (ALARM_OF[error.code] ?? "update-refused")
    await ports.shelf.setNote("alarm", alarm)
    return { ...here, ready: null, alarm, reached: true }
  }
}

async function lookThere(here: OnShelf, isThorough: boolean, ports: GuardPorts): Promise<Looked> {
  const { installed } = here
  const offer = await offered(ports)
  // An older one than what waits here is no better than an older one than what is installed.
  const newest = here.ready ?? installed
  const isNew = offer !== null && (newest === null || isNewer(offer.release, newest))
  const known = [installed, offer?.release ?? null].filter((release) => release !== null)
  await refuseOtherWorker(known, ports)
  // Without a release to compare with, what is served may be of one that is on its way.
  if (offer !== null) await refuseOtherFiles(known, isThorough, ports)
  const asIs = { ...here, alarm: null, reached: offer !== null }
  if (offer === null || !(await followLog(offer.release.checkpoint, installed, ports))) return asIs
  await tidyShelf(isNew ? offer.release.version : (here.ready?.version ?? null), ports)
  if (!isNew) return asIs
  if (!(await fillShelf(offer, installed, ports))) return { ...asIs, reached: false }
  if (installed !== null) return { ...asIs, ready: offer.release }
  await ports.shelf.put(offer.release.version, TAKEN, new Uint8Array(0))
  return { ...asIs, installed: offer.release }
}

/** Agrees to a release that is ready: the next start runs it. @returns false where there is none, or an alarm stands. */
export async function take(version: number, ports: GuardPorts): Promise<boolean> {
  if ((await alarmOn(ports)) !== null || (await shelved(version, ports)) === null) return false
  await ports.shelf.put(version, TAKEN, new Uint8Array(0))
  return true
}

/** The alarm that stands, or null. */
export async function alarmOn({ shelf }: Pick<GuardPorts, "shelf">): Promise<Alarm | null> {
  return parseAlarm(await shelf.note("alarm"))
}

/** Lowers an alarm, for a person who has learnt what it was; what caused it raises it again. */
export async function lower({ shelf }: Pick<GuardPorts, "shelf">): Promise<void> {
  await shelf.setNote("alarm", null)
}

/**
 * Says what it means that the browser has found another `sw.js`. Only where a newer verified release names it, and it is
 * what the origin serves, is that no attack; then null, and the alarm that was noted before this was asked is lowered.
 */
export async function otherWorkerFound(ports: GuardPorts): Promise<Alarm | null> {
  const { installed } = await onShelf(ports)
  const offer = await offered(ports).catch((error: unknown) => {
    if (error instanceof ReleaseError) return null
    throw error
  })
  const named = offer !== null && installed !== null && offer.release.version > installed.version
  const other = named && offer.release.worker !== installed.worker ? offer.release.worker : null
  if (other !== null && (await servedWorker(ports)) === other) {
    await lower(ports)
    return null
  }
  await ports.shelf.setNote("alarm", "worker-changed")
  return "worker-changed"
}

/** What is served to others is not what was released. */
class OtherServed extends ReleaseError {
  readonly alarm: "worker-changed" | "served-changed"
  constructor(alarm: OtherServed["alarm"]) {
    super("changed", "the origin serves what was not released")
    this.alarm = alarm
  }
}

const ALARM_OF: Partial<Record<ReleaseError["code"], Alarm>> = {
  "not-newer": "older-offered",
  "split-log": "log-split",
}

async function refuseOtherWorker(known: readonly Release[], ports: GuardPorts): Promise<void> {
  const served = known.length === 0 ? null : await servedWorker(ports)
  if (served !== null && !known.some(({ worker }) => worker === served))
    throw new OtherServed("worker-changed")
}

/**
 * Compares what is served with the releases that it may be of: while a server is given a new one, it has files of both.
 * Nothing of it would be run here; but those who come for the first time would be given it.
 */
async function refuseOtherFiles(
  known: readonly Release[],
  isThorough: boolean,
  ports: GuardPorts,
): Promise<void> {
  const assets = known.flatMap((release) => release.assets)
  const paths = isThorough ? new Set(assets.map(({ path }) => path)) : ["index.html"]
  for (const path of paths) {
    const named = assets.filter((asset) => asset.path === path)
    const bytes = await ports.origin.get(path, Math.max(...named.map((asset) => asset.bytes)))
    if (bytes === null) continue
    const fits = await Promise.all(named.map((asset) => isFile(asset, bytes, ports.primitives)))
    if (!fits.includes(true)) throw new OtherServed("served-changed")
  }
}

/** Hex, or null where there is no answer. */
async function servedWorker({ origin, primitives }: GuardPorts): Promise<string | null> {
  const bytes = await origin.get("sw.js", MAX_WORKER_BYTES)
  return bytes === null ? null : toHex(await primitives.sha256(bytes))
}
