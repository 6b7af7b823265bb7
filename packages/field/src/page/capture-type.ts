/*
 * What browsers can record, cheapest for a weak phone first. WebM and Ogg can be cut after any slice; an MP4 of a
 * browser is written in fragments, and can be cut between them.
 */
const TYPES = {
  video: ["video/webm;codecs=vp8,opus", "video/webm;codecs=vp8", "video/webm", "video/mp4"],
  sound: ["audio/webm;codecs=opus", "audio/webm", "audio/ogg;codecs=opus", "audio/mp4"],
} as const

/** What this browser records, or null where it cannot. */
export function captureType(kind: "video" | "sound"): string | null {
  const recorder: typeof MediaRecorder | undefined = globalThis.MediaRecorder
  if (recorder === undefined) return null
  return TYPES[kind].find((type) => recorder.isTypeSupported(type)) ?? null
}

/** Without its parameters: so it is sealed. */
export function plainType(type: string): string {
  return (type.split(";")[0] as string).trim().toLowerCase()
}
