import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { FoundWanting } from "../command.ts"
import { formatTorrc, type OnionService } from "./torrc.ts"

/** Long enough for a small computer; tor answers in a fraction of a second. */
const MAX_MS = 30_000

/**
 * Asks this machine's own tor whether it takes the lines for a service. Nothing is started and no key is made.
 *
 * Asked with folders that are not there: tor complains of a folder that is not owned by whoever asks, and those of a
 * service are tor's own.
 *
 * @returns false where no tor is here to be asked.
 * @throws FoundWanting with tor's own words, where it does not take them.
 */
export async function checkTorrc(
  service: OnionService,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "govah-torrc-"))
  try {
    const file = join(folder, "torrc")
    const deskFolder = service.deskFolder === null ? null : join(folder, "desk")
    await writeFile(file, formatTorrc({ ...service, folder: join(folder, "all"), deskFolder }), {
      mode: 0o600,
    })
    const said = await verify(file, folder, env)
    if (said === null) return false
    if (said.code === 0) return true
    const why = said.out.flatMap((line) => /\[(?:warn|err)\] (.*)$/.exec(line)?.[1] ?? [])
    throw new FoundWanting(
      `tor does not take this configuration: ${why.join(" ")} Tor 0.4.8 or newer is needed; nothing was changed`,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Said {
  readonly code: number
  readonly out: readonly string[]
}

function verify(
  file: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Said | null> {
  // A tor of the system lies where only root's PATH looks on some machines.
  const path = [env["PATH"] ?? "", "/usr/bin", "/usr/sbin"].join(delimiter)
  const args = ["--verify-config", "-f", file, "--defaults-torrc", "/nonexistent", "--DataDirectory", folder]
  return new Promise((resolve, reject) => {
    execFile("tor", args, { env: { PATH: path, HOME: folder }, timeout: MAX_MS }, (error, stdout) => {
      if (error === null) return resolve({ code: 0, out: [] })
      if (error.code === "ENOENT") return resolve(null)
      if (typeof error.code !== "number") return reject(new Error("tor gave no answer", { cause: error }))
      resolve({ code: error.code, out: stdout.split("\n") })
    })
  })
}
