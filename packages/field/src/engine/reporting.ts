import type { Report } from "@govah/core/report"
import type { FieldHome, HomeRecorder } from "../home/index.ts"
import { previewOf } from "../media/index.ts"
import { buildReport, type ReportInput } from "../report/index.ts"
import { faceOf } from "./face.ts"
import { type Medium, mediumBytes, mediumSource } from "./medium.ts"
import type { KeepingShown, Request } from "./protocol.ts"

/** The person stopped the sealing: nothing of it was kept. */
export class StoppedError extends Error {
  override readonly name = "StoppedError"
}

/** What makes a report of what the page hands over: one recording at a time, and one sealing. */
export interface Reporting {
  /**
   * Begins a recording. One that was neither kept nor discarded is kept first, as a report of its own.
   *
   * @param input - the report as far as it is told now: what the desk sees if a crash cuts the recording.
   * @throws ReportError, EnrolError, SealError; whatever the disk throws.
   */
  record(input: ReportInput, type: string): Promise<void>
  /** Durable when it resolves; at most 2 s. @returns bytes recorded so far. @throws whatever the disk throws. */
  slice(bytes: Uint8Array): Promise<number>
  /** Erases the recording; harmless where there is none. */
  discard(): Promise<void>
  /**
   * Seals and keeps. Where it throws, nothing was kept, and a recording goes on as it was.
   *
   * @throws StoppedError, MediaError, ReportError, EnrolError, SealError; whatever the disk throws.
   */
  keep(asked: Extract<Request, { kind: "keep" }>): Promise<void>
  /** Stops the sealing that goes on, if any. */
  stop(): void
}

/** A sealing says how far it is only so often. */
const SAY_EVERY_BYTES = 4_194_304

/** @param today - YYYY-MM-DD. */
export function createReporting(
  home: FieldHome,
  today: () => string,
  onKeeping: (keeping: KeepingShown) => void,
): Reporting {
  let recorder: HomeRecorder | null = null
  // With what was told when it began.
  let draft: Report | null = null
  let recordedBytes = 0
  let recordedType = ""
  let stopped = false

  /** Says how far it has come, and stops where that is wanted. */
  function watch(total: number): (bytes: number) => void {
    let sealed = 0
    let said = 0
    return (bytes) => {
      if (stopped) throw new StoppedError("the sealing was stopped")
      if (sealed - said >= SAY_EVERY_BYTES) {
        said = sealed
        onKeeping({ sealed, total })
      }
      sealed += bytes
    }
  }

  return {
    record: async (input, type) => {
      if (recorder !== null && draft !== null) await recorder.finish(draft)
      recorder = null
      draft = buildReport(input, 1)
      recorder = await home.record(draft, type, today())
      recordedBytes = 0
      recordedType = type
    },
    slice: async (bytes) => {
      if (recorder === null) throw new TypeError("nothing is being recorded")
      await recorder.slice(bytes)
      recordedBytes += bytes.length
      return recordedBytes
    },
    discard: async () => {
      await recorder?.abandon()
      recorder = null
    },
    keep: async ({ input, media, thumbnail, withRecording }) => {
      stopped = false
      const total = media.reduce((sum, medium: Medium) => sum + mediumBytes(medium), 0)
      const onPiece = watch(total)
      const sources = []
      for (const medium of media) sources.push(await mediumSource(medium, onPiece))
      const recording = withRecording ? recorder : null
      if (withRecording && recording === null) throw new TypeError("nothing was recorded")
      const report = buildReport(input, sources.length + (recording === null ? 0 : 1))
      const all = [...sources, ...previewOf(thumbnail, total + (recording === null ? 0 : recordedBytes))]
      const types = [...sources.map(({ type }) => type), ...(recording === null ? [] : [recordedType])]
      const face = faceOf(input, types, thumbnail, Date.now())
      if (recording === null) await home.keep(report, all, today(), face)
      else {
        await recording.finish(report, all, face)
        recorder = null
      }
      await home.saveDraft(null).catch(() => undefined)
    },
    stop: () => {
      stopped = true
    },
  }
}
