import { openDesk } from "@govah/desk"
import { DEPS, PASSPHRASE } from "./desk-support.ts"

// A desk that pulls once, in a process of its own, so that it can be killed. Says when it begins and when it is done.
const desk = await openDesk(process.argv[2] as string, PASSPHRASE, DEPS)
process.stdout.write("begin\n")
await desk.pull()
process.stdout.write("done\n")
desk.close()
