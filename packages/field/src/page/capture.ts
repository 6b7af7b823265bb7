import type { Failure } from "../engine/failure.ts"
import { FailureError } from "./engine.ts"
import { captureType, plainType } from "./capture-type.ts"
import { DeviceError } from "./device.ts"
import { stayAwake } from "./wake.ts"

/** Where slices are sealed. */
export interface RecordingPort {
  /** @param type - without parameters. @throws FailureError. */
  begin(type: string): Promise<void>
  /** Durable when it resolves. @returns bytes recorded so far. @throws FailureError. */
  slice(bytes: Uint8Array<ArrayBuffer>): Promise<number>
}

/** How a recording stands. */
export interface CaptureShown {
  readonly seconds: number
  /** Sealed and durable. */
  readonly bytes: number
  /** `paused`: nothing is recorded until what waits is sealed. */
  readonly sealing: "keeps-up" | "behind" | "paused"
}

/** What became of it. What `bytes` counts is durable whatever else happened. */
export interface CaptureEnd {
  readonly seconds: number
  readonly bytes: number
  /** Why it broke off, or null where the person ended it. */
  readonly failure: Failure | null
}

/** A recording that goes on. */
export interface Capture {
  /** Ends it; resolves when its last slice is sealed. May be called again. */
  stop(): Promise<CaptureEnd>
  /** Resolves when it has ended, also where the phone ended it. */
  readonly ended: Promise<CaptureEnd>
}

/** A crash takes what the browser has not handed over yet. */
const SLICE_MS = 1_000
/** Three slices that wait are told of. */
const BEHIND_SLICES = 3
/** What may wait in memory; beyond it the recording pauses until there is less than the second. */
const PAUSE_BYTES = 32_000_000
const RESUME_BYTES = 4_000_000
const BITS = { videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 64_000 }

/**
 * Records: what the browser hands over goes to the port at once, one slice after another, and is nowhere else.
 *
 * @param stream - stays the caller's, who closes it.
 * @throws DeviceError `cannot`; FailureError of the port's `begin`.
 */
export async function startCapture(
  kind: "video" | "sound",
  stream: MediaStream,
  port: RecordingPort,
  onShown: (shown: CaptureShown) => void,
): Promise<Capture> {
  const type = captureType(kind)
  if (type === null) throw new DeviceError("cannot")
  const recorder = new MediaRecorder(stream, { mimeType: type, ...BITS })
  await port.begin(plainType(type))

  let waitingSlices = 0
  let waitingBytes = 0
  let sealedBytes = 0
  let failure: Failure | null = null
  let runMs = 0
  let runningSince: number | null = null
  let queue: Promise<void> = Promise.resolve()

  const seconds = (): number =>
    (runMs + (runningSince === null ? 0 : performance.now() - runningSince)) / 1_000
  const show = (): void =>
    onShown({
      seconds: seconds(),
      bytes: sealedBytes,
      sealing:
        recorder.state === "paused" ? "paused" : waitingSlices >= BEHIND_SLICES ? "behind" : "keeps-up",
    })
  const halt = (): void => {
    if (runningSince !== null) runMs += performance.now() - runningSince
    runningSince = null
  }

  async function seal(data: Blob): Promise<void> {
    try {
      // After a slice that was not sealed nothing may follow: there would be a hole.
      if (failure === null) sealedBytes = await port.slice(new Uint8Array(await data.arrayBuffer()))
    } catch (error) {
      failure = error instanceof FailureError ? error.failure : "unknown"
      if (recorder.state !== "inactive") recorder.stop()
    } finally {
      waitingSlices--
      waitingBytes -= data.size
      if (recorder.state === "paused" && waitingBytes < RESUME_BYTES) recorder.resume()
      show()
    }
  }

  const ended = new Promise<CaptureEnd>((resolve) => {
    const letSleep = stayAwake()
    const ticking = setInterval(show, 500)
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size === 0) return
      waitingSlices++
      waitingBytes += data.size
      if (recorder.state === "recording" && waitingBytes > PAUSE_BYTES) recorder.pause()
      queue = queue.then(() => seal(data))
    })
    recorder.addEventListener("start", () => (runningSince = performance.now()))
    recorder.addEventListener("resume", () => (runningSince = performance.now()))
    recorder.addEventListener("pause", halt)
    recorder.addEventListener("error", () => (failure ??= "unknown"))
    recorder.addEventListener("stop", () => {
      halt()
      clearInterval(ticking)
      letSleep()
      void queue.then(() => resolve({ seconds: seconds(), bytes: sealedBytes, failure }))
    })
  })
  recorder.start(SLICE_MS)
  show()
  return {
    stop: async () => {
      if (recorder.state !== "inactive") recorder.stop()
      return await ended
    },
    ended,
  }
}
