/**
 * The first thing in our own encoder's output that does not belong into a bare picture, or null.
 *
 * Allowed: JFIF's APP0, tables, frame, scans. Refused: every other APP segment (Exif, XMP, ICC, IPTC, thumbnails),
 * comments, and bytes after the end. Source: ITU-T T.81 annex B. This reads what our encoder wrote a moment ago; a
 * stranger's file never comes here.
 */
export function unexpectedSegment(jpeg: Uint8Array): string | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) return "no start of image"
  let at = 2
  while (at < jpeg.length) {
    if (jpeg[at] !== 0xff) return `a stray byte at ${at}`
    const marker = jpeg[at + 1] ?? 0
    if (marker === EOI) return at + 2 === jpeg.length ? null : `${jpeg.length - at - 2} bytes after its end`
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0)
    if (length < 2) return `a broken segment at ${at}`
    if (marker === APP0) {
      // 16 bytes: the bare JFIF header. A longer one carries a thumbnail.
      if (length !== 16) return "a JFIF thumbnail"
    } else if (!TABLES_AND_FRAMES.has(marker)) return `a segment of type 0x${marker.toString(16)}`
    at += 2 + length
    if (marker === SOS) at = endOfScan(jpeg, at)
  }
  return "no end of image"
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
// SOF0, SOF1, SOF2, DHT, SOS, DQT, DRI.
const TABLES_AND_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2, 0xc4, SOS, 0xdb, 0xdd])

// Inside a scan, 0xff is followed by 0 or a restart marker; anything else ends it.
function endOfScan(jpeg: Uint8Array, from: number): number {
  let at = from
  while (at + 1 < jpeg.length) {
    const next = jpeg[at + 1] as number
    if (jpeg[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at++
  }
  return jpeg.length
}
