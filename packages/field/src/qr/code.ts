import encodeQR from "qr"

/** Modules of white around a code: the standard asks for four. */
const BORDER = 4

/** The modules of a frame's QR code, row by row; true is dark. Version 20 with medium correction for a usual frame. */
export function codeOf(frame: string): readonly (readonly boolean[])[] {
  return encodeQR(frame, "raw", { ecc: "medium", encoding: "alphanumeric", border: BORDER })
}
