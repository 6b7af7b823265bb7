import { readFile } from "node:fs/promises"

/** One row of a tab-separated table, by column name. A column that a row lacks reads as the empty string. */
export type Row = (column: string) => string

/**
 * Reads a tab-separated table with a header line. No quoting: our samples hold neither tabs nor line feeds.
 *
 * @throws Error where a column is asked for that the header lacks, or a row has more fields than the header.
 */
export async function readTable(file: string): Promise<readonly Row[]> {
  const [header, ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n")
  const columns = (header ?? "").split("\t")
  return lines.map((line, at) => {
    const fields = line.split("\t")
    if (fields.length > columns.length) throw new Error(`${file}: row ${at + 1} has ${fields.length} fields`)
    return (column) => {
      const index = columns.indexOf(column)
      if (index < 0) throw new Error(`${file} has no column "${column}"`)
      return fields[index] ?? ""
    }
  })
}

/** The rows by the value of one column. */
export function byColumn(rows: readonly Row[], column: string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row(column), row]))
}
