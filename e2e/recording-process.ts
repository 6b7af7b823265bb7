// Records one recording after another in a folder until it is killed, and says each slice and each end as it is durable.
import { createFieldHome, todayUtc } from "@govah/field/node"
import { buildReport } from "@govah/field"
import { recordedSlice } from "./recorded-slice.ts"

const [folder, run] = process.argv.slice(2) as [string, string]
const home = await createFieldHome(folder)
process.stdout.write("ready\n")
for (let number = 0; ; number++) {
  const name = `${run}-${number}`
  const recorder = await home.record(buildReport({ text: `draft ${name}` }, 1), "audio/webm", todayUtc())
  const slices = 3 + ((Number(run) * 7 + number * 5) % 12)
  for (let index = 0; index < slices; index++) {
    await recorder.slice(recordedSlice(name, index))
    process.stdout.write(`slice ${name}\n`)
  }
  if (number % 4 === 3) {
    await recorder.abandon()
    process.stdout.write(`abandoned ${name}\n`)
    continue
  }
  await recorder.finish(buildReport({ text: `final ${name}` }, 1))
  process.stdout.write(`finished ${name}\n`)
}
