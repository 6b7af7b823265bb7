import type { Medium } from "../engine/medium.ts"
import type { ReportInput } from "../report/index.ts"
import type { Engine } from "./engine.ts"

/** What goes with the words of a report. */
export interface ReportContent {
  readonly media: readonly Medium[]
  /** Small enough for `MAX_PREVIEW_BYTES`; null where nothing has a picture. */
  readonly thumbnail: Uint8Array | null
  /** Whether what was recorded goes with it. */
  readonly withRecording: boolean
}

/** What is recorded in the page lies in the engine, sealed; here is the way there. */
export interface RecordingState {
  /** @throws FailureError. */
  begin(input: ReportInput, type: string): Promise<void>
  /** @returns bytes that are sealed and durable. @throws FailureError. */
  slice(bytes: Uint8Array<ArrayBuffer>): Promise<number>
  /** @throws FailureError. */
  discard(): Promise<void>
}

export function recordingIn(engine: Engine): RecordingState {
  return {
    begin: async (input, type) => void (await engine.ask({ kind: "record", input, type })),
    slice: async (bytes) => {
      // Handed over, not copied: the page has nothing of it any more.
      return (await engine.ask({ kind: "slice", bytes }, [bytes.buffer])).recordedBytes
    },
    discard: async () => void (await engine.ask({ kind: "discard-recording" })),
  }
}
