import { mkdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { verifyArchive } from "@govah/archive"
import { canonicalJson } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import type { Desk } from "@govah/desk"
import { check, createFieldHome, enrol, keepReport, sendAll, writeBundle } from "@govah/field/node"
import { takeFile } from "@govah/relay"
import { buildArchiveOf } from "../build-archive.ts"
import { type Context, FoundWanting } from "../command.ts"
import { today } from "../field-home.ts"
import type { Network } from "../network/network.ts"
import { type RehearsalCase, readCase } from "./case.ts"
import { type Progress, readProgress, writeProgress } from "./progress.ts"

/** What the rehearsal came to. */
export interface Rehearsed {
  readonly reports: number
  readonly publications: number
  readonly files: number
  readonly checks: number
  readonly arrived: number
}

// Units whose network is cut: a carrier takes their reports to the relay on a stick.
const CARRIED_UNITS: ReadonlySet<string> = new Set(["u1"])
// A unit that does both, as people do who do not trust either: nothing may be doubled.
const TWICE_UNITS: ReadonlySet<string> = new Set(["u2"])

/**
 * Plays the Saravan case through the running network: units enrol, seal and send; the desk pulls, grades, claims and
 * publishes; the archive is built and verified; receipts come back.
 *
 * @param samples - `samples/saravan-2021`.
 * @param folder - the network's data folder; what the units keep lies under `rehearsal/`.
 * @returns null where it was played in this folder before.
 */
export async function playRehearsal(
  network: Network,
  samples: string,
  folder: string,
  context: Context,
): Promise<Rehearsed | null> {
  const work = join(folder, "rehearsal")
  await mkdir(work, { recursive: true, mode: 0o700 })
  const progressFile = join(work, "progress.json")
  const before = await readProgress(progressFile)
  if (before.done) return null
  const rehearsal = await readCase(samples)
  await sendReports(network, rehearsal, work, progressFile, before, context)
  await workAtDesk(network, rehearsal, context)
  const publications = await publishAll(network, rehearsal, context)

  const built = await buildArchiveOf(network.desk, network.archiveFolder, context)
  const verdict = await verifyArchive(network.archiveFolder, { vkey: built.vkey })
  if (!verdict.ok) throw new FoundWanting(`the archive does not verify: ${verdict.failed.join(", ")}`)
  const checks = verdict.checks.length
  context.print(`  archive   ${built.files} files, ${built.logSize} log entries, verified (${checks} checks)`)

  await network.desk.makeFeed()
  await network.desk.publishFeed(context.signal)
  let arrived = 0
  for (const unit of rehearsal.units) {
    const checked = await check(await createFieldHome(join(work, unit)))
    arrived += checked.parcels.filter((parcel) => parcel.state === "arrived").length
  }
  context.print(
    `  receipts  ${arrived} of ${rehearsal.reports.length} reports show "arrived" to the units that sent them`,
  )
  const progress = await readProgress(progressFile)
  await writeProgress(progressFile, { ...progress, done: true })
  return {
    reports: rehearsal.reports.length,
    publications,
    files: built.files,
    checks,
    arrived,
  }
}

async function sendReports(
  network: Network,
  rehearsal: RehearsalCase,
  work: string,
  progressFile: string,
  before: Progress,
  context: Context,
): Promise<void> {
  let progress = before
  const keep = async (next: Progress): Promise<void> => {
    await writeProgress(progressFile, next)
    progress = next
  }
  for (const unit of rehearsal.units.filter((one) => !before.units.includes(one))) {
    const { text } = await network.desk.invite(unit)
    await enrol(await createFieldHome(join(work, unit)), text, today(context))
    await keep({ ...progress, units: [...progress.units, unit] })
  }
  context.print(`  units     ${rehearsal.units.length} enrolled by invitation`)

  for (const one of rehearsal.reports.slice(before.kept)) {
    const attachments = one.files.map((path) => ({ path }))
    await keepReport(
      await createFieldHome(join(work, one.unit)),
      { report: one.report, attachments },
      today(context),
    )
    await keep({ ...progress, kept: progress.kept + 1 })
  }
  context.print(`  sealed    ${progress.kept} reports; the units can no longer open them`)

  for (const unit of rehearsal.units) {
    const home = await createFieldHome(join(work, unit))
    if (CARRIED_UNITS.has(unit) || TWICE_UNITS.has(unit)) {
      const stick = join(work, `${unit}.govah`)
      await rm(stick, { force: true })
      await writeBundle(home, null, stick)
      await takeFile(network.relay.store, stick)
    }
    if (!CARRIED_UNITS.has(unit)) await sendAll(home)
  }
  context.print(`  sent      over HTTP, one unit by stick, one by both`)
}

async function workAtDesk(network: Network, rehearsal: RehearsalCase, context: Context): Promise<void> {
  const { desk } = network
  const pulled = await desk.pull(undefined, context.signal)
  context.print(`  desk      ${pulled.received.length} reports received, ${pulled.completed.length} whole`)
  const roots = await findRoots(desk, rehearsal)
  const rootsByRecord = new Map<string, CellId[]>()
  for (const [index, one] of rehearsal.reports.entries()) {
    const root = roots[index] as CellId
    rootsByRecord.set(one.record, [...(rootsByRecord.get(one.record) ?? []), root])
    const grade = rehearsal.gradesByRecord.get(one.record) ?? { reliability: "B", credibility: 2 }
    await desk.act({ kind: "graded", root, grade })
  }
  for (const act of rehearsal.events) await desk.act(act)
  for (const claim of rehearsal.claims) await desk.act(claim.act(rootsByRecord.get(claim.record) ?? []))
  for (const action of rehearsal.actions) await desk.act(action.act(rootsByRecord.get(action.record) ?? []))
  await desk.act(rehearsal.story)

  let pictures = 0
  for (const [index, one] of rehearsal.reports.entries()) {
    const caption = rehearsal.captionsByRecord.get(one.record)
    if (caption === undefined) continue
    const picture = { root: roots[index] as CellId, caption, subject: one.record, reviewed: true }
    await desk.makePicture({ ...picture, attachment: 0, source: "photo" })
    pictures++
    if (one.still !== null) {
      const jpeg = new Uint8Array(await readFile(one.still))
      await desk.makePicture({ ...picture, attachment: 1, source: "still", jpeg })
      pictures++
    }
  }
  context.print(
    `  desk      ${rehearsal.claims.length} claims, ${pictures} pictures encoded anew without metadata`,
  )
}

// The units do not know the names of their parcels' roots, so the desk's side is matched by what the reports say.
async function findRoots(desk: Desk, rehearsal: RehearsalCase): Promise<readonly CellId[]> {
  const rootsByReport = new Map<string, CellId[]>()
  for (const row of await desk.list()) {
    const { report } = await desk.show(row.root)
    if (report === null) continue
    const text = canonicalJson(report)
    rootsByReport.set(text, [...(rootsByReport.get(text) ?? []), row.root])
  }
  return rehearsal.reports.map((one) => {
    const root = rootsByReport.get(canonicalJson(one.report))?.shift()
    if (root === undefined) throw new FoundWanting(`a report about ${one.record} has not arrived at the desk`)
    return root
  })
}

async function publishAll(network: Network, rehearsal: RehearsalCase, context: Context): Promise<number> {
  const ids = [
    ...rehearsal.events.map((event) => event.id),
    ...rehearsal.actions.map((action) => action.record),
  ]
  for (const id of [...ids, rehearsal.story.id]) await network.desk.publish(id)
  context.print(`  published ${rehearsal.events.length} events, ${rehearsal.actions.length} actions, 1 story`)
  return ids.length + 1
}
