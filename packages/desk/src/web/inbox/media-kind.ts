/** How an attachment is looked at. */
export type MediaKind = "photo" | "preview" | "video" | "sound" | "file"

// What browsers decode as pictures and sound and nothing else. SVG, HTML and PDF are documents with programs in them.
const KINDS: readonly (readonly [MediaKind, RegExp])[] = [
  ["photo", /^image\/(jpeg|png|webp|gif|avif|bmp)$/],
  // Drawn by the phone, to be seen before the media have come (`spec/root.md`): no evidence.
  ["preview", /^image\/vnd\.govah\.preview$/],
  ["video", /^video\/(mp4|webm|quicktime|ogg|3gpp|x-matroska)$/],
  ["sound", /^audio\/(mpeg|mp4|aac|ogg|opus|webm|wav|x-wav|flac|3gpp)$/],
]

/** What may be done with an attachment, by the type that its sender gave it. @param type - attacker-controlled. */
export function mediaKind(type: string): MediaKind {
  const plain = (type.split(";")[0] as string).trim().toLowerCase()
  return KINDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? "file"
}
