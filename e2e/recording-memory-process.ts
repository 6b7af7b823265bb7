// Records so many slices of 512 KiB (2 s at 2 Mbit/s), and says the largest memory that it ever took, in MiB.
import { buildReport } from "@govah/field"
import { createFieldHome, todayUtc } from "@govah/field/node"

const [folder, slices] = process.argv.slice(2) as [string, string]
const home = await createFieldHome(folder)
const recorder = await home.record(buildReport({ text: "draft" }, 1), "video/webm", todayUtc())
const slice = new Uint8Array(512 * 1024)
for (let index = 0; index < Number(slices); index++) {
  slice.fill(index)
  await recorder.slice(slice)
}
await recorder.finish(buildReport({ text: "final" }, 1))
process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`)
