import { utf8Bytes } from "@govah/core/bytes"

/** A cell. Null is an empty one. */
export type Cell = string | number | boolean | null

/**
 * A table as CSV (RFC 4180, CRLF), in UTF-8 behind a byte order mark: without the mark, common spreadsheets show Persian as
 * gibberish.
 *
 * A text that a spreadsheet would run as a formula (it starts with = + - @, a tab or a carriage return) gets an apostrophe
 * before it. Numbers are written bare.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  const lines = [columns, ...rows].map((cells) => `${cells.map(writeCell).join(",")}\r\n`)
  return utf8Bytes(`\ufeff${lines.join("")}`)
}

function writeCell(cell: Cell): string {
  if (cell === null) return ""
  if (typeof cell !== "string") return String(cell)
  // A space before the sign is stripped by some spreadsheets before they look.
  const inert = /^\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
