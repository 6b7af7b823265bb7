import { basename, dirname } from "node:path"
import { type Finding, finding } from "./finding.ts"
import type { Machine } from "./machine.ts"

/** Largest log that a quiet store has beside it, in bytes: it is emptied every second. */
const MAX_WAL_BYTES = 16 * 1_048_576

/** Who else may read the store, and what lies beside it. @param isRunning - whether a relay has it open. */
export function checkStoreFiles(machine: Machine, file: string, isRunning: boolean): readonly Finding[] {
  const found: Finding[] = []
  const folder = dirname(file)
  const beside = machine.find(`${folder}/*`).filter((path) => basename(path).startsWith(basename(file)))
  for (const path of beside) {
    const mode = machine.stat(path)?.mode ?? 0
    if ((mode & 0o077) === 0) continue
    found.push(
      finding(
        "store-readable",
        `${path} may be read by others on this machine (mode ${formatMode(mode)})`,
        "whoever reads it knows how many reports came on which day, and which desks fetch them",
        `chmod 600 ${path}`,
      ),
    )
  }
  const folderMode = machine.stat(folder)?.mode ?? 0
  if ((folderMode & 0o022) !== 0) {
    found.push(
      finding(
        "folder-open",
        `${folder} may be written by others (mode ${formatMode(folderMode)})`,
        "whoever writes there can put another store in its place",
        `chmod 700 ${folder}`,
      ),
    )
  }
  if (machine.stat(file)?.uid === 0) {
    found.push(
      finding(
        "store-of-root",
        `${file} belongs to root`,
        "a relay that runs as root gives the whole machine to whoever finds a fault in it",
        `make a user for it, and: chown govah: ${file}*`,
      ),
    )
  }
  const wal = machine.stat(`${file}-wal`)?.size ?? 0
  if (wal > MAX_WAL_BYTES || (wal > 0 && !isRunning)) {
    found.push(
      finding(
        "wal-left",
        `${file}-wal holds ${wal} bytes${isRunning ? "" : ", and no relay has the store open"}`,
        "the log keeps cells in the order in which they came",
        isRunning
          ? "find out which program holds the store open; stop it"
          : "start the relay and stop it again",
      ),
    )
  }
  return found
}

function formatMode(mode: number): string {
  return (mode & 0o777).toString(8).padStart(3, "0")
}
