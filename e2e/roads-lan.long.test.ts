import { randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { deskHere, mustHere } from "./govah-here.ts"
import { must, startGovah } from "./govah-process.ts"

test("a laptop without internet: a phone hands in a saved file by the plain page, and takes the receipts along", async () => {
  const folder = await freshFolder()
  const key = await deskHere(folder)
  const capability = (await mustHere(["relay", "admit", key], folder)).trim()
  const running = startGovah(["relay", "--host", "0.0.0.0", "--port", "0"], folder)
  onTestFinished(async () => {
    running.child.kill("SIGKILL")
    await running.finished
  })
  const port = (await running.says(/http:\/\/127\.0\.0\.1:(\d+)/))[1]
  // Opened to others by decision, and said so.
  await running.says(/WARNING: it is open to everybody on the network/)
  const url = `http://127.0.0.1:${port}`
  await mustHere(["desk", "relay", url, "--road", "lan", "--capability", capability], folder)
  const invitation = (await mustHere(["desk", "invite"], folder)).split("\n")[0] as string
  await mustHere(["field", "enrol", invitation, "--home", "phone"], folder)

  // The app on the phone seals and saves; the browser hands the file in, as a form, over plain http.
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200_000)])
  await writeFile(join(folder, "photo.jpg"), photo)
  await must(
    ["field", "send", "--keep", "--text", "hotspot", "--photo", "photo.jpg", "--home", "phone"],
    folder,
  )
  await mkdir(join(folder, "saved"))
  await must(["carry", "out", "saved", "--home", "phone"], folder)
  const [name] = await readdir(join(folder, "saved"))
  const form = new FormData()
  const saved = await readFile(join(folder, "saved", name as string))
  form.append("bundle", new Blob([new Uint8Array(saved)]), "from a phone.bin")
  const given = await fetch(`${url}/bundle-file`, { method: "POST", body: form })
  expect([given.status, await given.text()]).toEqual([200, expect.stringContaining("pieces are safe here")])

  expect(await must(["desk", "pull"], folder)).toContain("1 new reports, 1 now whole")
  await must(["desk", "receipts"], folder)

  // The page offers the desk's newest file; the phone saves it, and the app opens it.
  const page = await (await fetch(url)).text()
  const [, path, file] = /<a href="(\/feed\/[^"]+)" download="([^"]+)"/.exec(page) as unknown as string[]
  await mkdir(join(folder, "downloads"))
  const bytes = new Uint8Array(await (await fetch(url + path)).arrayBuffer())
  await writeFile(join(folder, "downloads", file as string), bytes)
  const heard = await must(["carry", "in", "downloads", "--home", "phone"], folder)
  expect(heard).toContain("1 feed files of the desk were heard; 1 reports have arrived")

  // Laptops and command lines need no file: they ask the same relay directly.
  await must(["field", "send", "--text", "directly", "--home", "phone"], folder)
  expect(await must(["desk", "pull"], folder)).toContain("1 new reports")
})

test("a relay listens on this machine alone unless it is told otherwise", async () => {
  const folder = await freshFolder()
  const running = startGovah(["relay", "--port", "0"], folder)
  await running.says(/listens on http:\/\/127\.0\.0\.1/)
  running.child.kill("SIGTERM")
  const { out } = await running.finished
  expect(out).not.toContain("WARNING")
})
