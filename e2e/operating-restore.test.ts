import { copyFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { run } from "@govah/cli"
import { admit, createRelay } from "@govah/relay"
import { expect, onTestFinished, test } from "vitest"
import { DEPS, freshDesk, freshHome, inviteSender, post, wrongArrivals } from "./desk-support.ts"

test("a copy made while the relay runs is a store: another machine goes on with it, and the desk gets everything", async () => {
  const home = await freshHome()
  const [file, copy] = [join(home, "relay.db"), join(home, "copy.db")]
  const desk = await freshDesk(home)
  const first = await createRelay({ file, port: 0 }, DEPS)
  onTestFinished(() => first.close())
  const capability = await admit(first.store, { deskKey: desk.key })
  const seal = await inviteSender(desk)
  const sent = [await seal("before the copy"), await seal("as well")]
  for (const { cells } of sent) await post(first, cells)

  const govah = (...words: string[]): Promise<number> => run(words, CONTEXT, () => {})
  expect(await govah("relay", "backup", copy, "--store", file)).toBe(0)
  for (const end of ["", "-cells"]) expect(statSync(`${copy}${end}`).mode & 0o777).toBe(0o600)
  expect(await govah("relay", "backup", copy, "--store", file)).toBe(1)
  await post(first, (await seal("after the copy, and lost with the machine")).cells)
  await first.close()
  for (const end of ["", "-cells"]) {
    rmSync(`${file}${end}`)
    copyFileSync(`${copy}${end}`, `${file}${end}`)
  }

  expect(await govah("relay", "fsck", "--store", file)).toBe(0)
  const second = await createRelay({ file, port: 0 }, DEPS)
  onTestFinished(() => second.close())
  await desk.addRelay({ url: second.url, road: "https", capability })
  await desk.pull()
  expect(await wrongArrivals(desk, sent)).toEqual([])
})

const CONTEXT: Parameters<typeof run>[1] = {
  ...DEPS,
  env: {},
  print: () => {},
  write: async () => {},
  askSecret: async () => null,
  signal: new AbortController().signal,
}
