// Keeps one report after another in a folder until it is killed, and says each as it is kept.
import { createFieldHome, tell } from "@govah/field/node"

const [folder, photo] = process.argv.slice(2) as [string, string]
const home = await createFieldHome(folder)
process.stdout.write("ready\n")
for (let number = 0; ; number++) {
  const kept = await tell(home, { text: `report ${process.pid} ${number}` }, [{ path: photo }])
  process.stdout.write(`kept ${kept.id} report ${process.pid} ${number}\n`)
}
