import { writeFile } from "node:fs/promises"
import encodeQR from "qr"

/**
 * Writes text as a QR code in an SVG picture. The lowest error correction, since an invitation is long: 2.3 kB make a
 * code of some 150 modules a side, to be shown large. It holds a secret: for its owner's eyes, and never over a file.
 *
 * @throws Error where the text is longer than the largest QR code.
 */
export async function writeQr(file: string, text: string): Promise<void> {
  await writeFile(file, encodeQR(text, "svg", { ecc: "low", encoding: "byte" }), { flag: "wx", mode: 0o600 })
}
