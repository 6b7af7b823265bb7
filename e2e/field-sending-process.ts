// Sends what waits in a folder, once, until it is killed. Says when it begins and when it is done.
import { createFieldHome, sendAll } from "@govah/field/node"

const home = await createFieldHome(process.argv[2] as string)
process.stdout.write("ready\n")
await sendAll(home)
process.stdout.write("done\n")
