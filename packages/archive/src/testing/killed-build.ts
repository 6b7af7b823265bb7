import { readFileSync } from "node:fs"
import type { Publication } from "@govah/core/publication"
import { buildArchive } from "../build.ts"
import { sampleInput, signerOf } from "./sample.ts"
import { diskStoppingAt } from "./stopping-disk.ts"

// node killed-build.ts FOLDER CALL KEY-FILE PUBLICATIONS-FILE: builds, and dies by SIGKILL in the given call.
const [folder, call, keyFile, publicationsFile] = process.argv.slice(2) as [string, string, string, string]
const disk = diskStoppingAt(Number(call), async (midway) => {
  await midway()
  process.kill(process.pid, "SIGKILL")
  await new Promise(() => undefined)
})
const publications = JSON.parse(readFileSync(publicationsFile, "utf8")) as Publication[]
const input = sampleInput(folder, publications)
await buildArchive({ ...input, signer: signerOf(readFileSync(keyFile, "utf8")) }, folder, disk)
process.stdout.write(disk.fired() ? "fired" : "done")
