/** Why there is no camera or microphone. Each has its words and a way on. */
export type DeviceTrouble = "refused" | "none" | "busy" | "insecure" | "cannot"

/** What was opened, and whether a wished-for microphone is missing. */
export interface OpenedDevice {
  readonly stream: MediaStream
  readonly isSilent: boolean
}

/** Camera or microphone that did not open. */
export class DeviceError extends Error {
  override readonly name = "DeviceError"
  readonly trouble: DeviceTrouble
  constructor(trouble: DeviceTrouble, options?: ErrorOptions) {
    super(trouble, options)
    this.trouble = trouble
  }
}

const PHOTO = { facingMode: "environment", width: { ideal: 2560 }, height: { ideal: 1440 } }
// What a cheap phone can draw, encode and seal at the same time.
const VIDEO = {
  facingMode: "environment",
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
}

/**
 * Opens what is needed, after the person allowed it. Where only the microphone of a video is missing, the video goes on
 * without it.
 *
 * @throws DeviceError.
 */
export async function openDevice(
  kind: "photo" | "video" | "sound",
  withSound: boolean,
): Promise<OpenedDevice> {
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) throw new DeviceError("insecure")
  const video = kind === "photo" ? PHOTO : kind === "video" ? VIDEO : false
  const audio = kind === "sound" || (kind === "video" && withSound)
  try {
    return { stream: await devices.getUserMedia({ video, audio }), isSilent: false }
  } catch (error) {
    if (!audio || video === false) throw new DeviceError(troubleOf(error), { cause: error })
    try {
      return { stream: await devices.getUserMedia({ video, audio: false }), isSilent: true }
    } catch (again) {
      throw new DeviceError(troubleOf(again), { cause: again })
    }
  }
}

/** The light of the camera goes out. */
export function closeDevice(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof Error ? error.name : ""
  if (name === "NotAllowedError") return "refused"
  if (name === "SecurityError") return "insecure"
  if (name === "NotReadableError" || name === "AbortError") return "busy"
  return "none"
}
