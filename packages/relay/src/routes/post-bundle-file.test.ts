import { once } from "node:events"
import { connect } from "node:net"
import { veil } from "@govah/core/veil"
import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { hashOf, postCells, seededBytes, seededCells, startRelay, storedIds } from "../testing/test-relay.ts"
import { looksSealed } from "./looks-sealed.ts"

async function give(url: string, files: readonly Uint8Array[]): Promise<{ status: number; page: string }> {
  const form = new FormData()
  for (const file of files)
    form.append("bundle", new Blob([file as Uint8Array<ArrayBuffer>]), "name-of-a-person.jpg")
  const answer = await fetch(`${url}/bundle-file`, { method: "POST", body: form })
  return { status: answer.status, page: await answer.text() }
}

test("The page says in Persian and English what this machine is, and has no script", async () => {
  const relay = await startRelay({ uploads: true })
  const answer = await fetch(relay.url)
  const page = await answer.text()
  expect(page.indexOf('lang="fa" dir="rtl"')).toBeLessThan(page.indexOf('lang="en" dir="ltr"'))
  expect(page).not.toMatch(/<script|\son\w+=|javascript:/i)
  expect(page).toContain('enctype="multipart/form-data"')
  expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'")
  expect((await fetch(`${relay.url}/style.css`)).headers.get("Content-Type")).toContain("text/css")
})

test("Files given by the form are kept cell by cell, and the page says how many", async () => {
  const relay = await startRelay({ uploads: true })
  const cells = seededCells("upload", 200)
  const files = [
    Buffer.concat(cells.slice(0, 150)),
    Buffer.concat([...cells.slice(150), seededBytes("tail", 77)]),
  ]
  const { status, page } = await give(relay.url, files)
  expect(status).toBe(200)
  expect(page).toContain("200 sealed pieces are safe here")
  expect(page).toContain("۲۰۰ تکهٔ مهرشده")
  expect(page).toContain("its last 77 bytes")
  expect(await storedIds(relay.store)).toEqual(cells.map(hashOf).sort())
})

test("Veiled files are taken by the form, and damage in them is told in both languages", async () => {
  const relay = await startRelay({ uploads: true })
  const cells = seededCells("veiled upload", 70)
  const veils = await Promise.all(cells.map((cell) => veil(cell, nodePrimitives)))
  const file = Buffer.concat(veils)
  file[40_000] = (file[40_000] as number) ^ 1
  const first = await give(relay.url, [file])
  expect(first.status).toBe(200)
  expect(first.page).toContain("69 sealed pieces are safe here")
  expect(first.page).toContain("1 pieces were damaged")
  expect(first.page).toContain("۱ تکه در راه آسیب دیده بود")
  expect(first.page).not.toContain("cut off")
  const again = await give(relay.url, [Buffer.concat(veils), Buffer.concat(cells.slice(0, 5))])
  expect(again.page).not.toContain("damaged")
  expect(await storedIds(relay.store)).toEqual(cells.map(hashOf).sort())
})

test("A photo chosen by mistake is not kept, and the person is told", async () => {
  const relay = await startRelay({ uploads: true })
  const photo = Buffer.concat([
    Buffer.from("ffd8ffe000104a464946", "hex"),
    Buffer.alloc(40_000, "pixel "),
    seededBytes(1, 9),
  ])
  for (const files of [[photo], [seededBytes("short", 500)], []]) {
    const { status, page } = await give(relay.url, files)
    expect(status).toBe(400)
    expect(page).toMatch(/Nothing of it was kept|No file came/)
  }
  expect(await storedIds(relay.store)).toEqual([])
})

test("Sealed cells look sealed, and everyday files do not", () => {
  for (const cell of seededCells("sealed", 200)) expect(looksSealed(cell)).toBe(true)
  const root = Buffer.alloc(16_384, "a")
  root.write(`age-encryption.org/v1\n-> forget ${"A".repeat(43)}\n`)
  expect(looksSealed(root)).toBe(true)
  for (const text of ["سلام ", "hello ", "\0", "%PDF-1.7 "])
    expect(looksSealed(Buffer.alloc(16_384, text))).toBe(false)
  // As compressed data is: random, but for a header and a few frequent bytes.
  const compressed = seededCells("compressed", 1)[0] as Uint8Array
  compressed.fill(0, 0, 700)
  expect(looksSealed(compressed)).toBe(false)
})

test("A full machine says how much is safe", async () => {
  const relay = await startRelay({ uploads: true, maxBytes: 2_500_000 })
  const { status, page } = await give(relay.url, [Buffer.concat(seededCells("too many", 300))])
  expect(status).toBe(507)
  expect(page).toContain("128 pieces are safe, the rest are not")
  expect((await storedIds(relay.store)).length).toBe(128)
})

test("What is no form, or a broken one, is refused and the relay lives on", async () => {
  const relay = await startRelay({ uploads: true })
  const bodies = [
    ["text/plain", "x"],
    ["multipart/form-data", "x"],
    ["multipart/form-data; boundary=b", ""],
    [
      "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\nabc",
    ],
    ["multipart/form-data; boundary=b", `--b\r\n${"X: y\r\n".repeat(5000)}\r\nabc\r\n--b--`],
    ["application/x-www-form-urlencoded", "a=b"],
  ]
  for (const [type, body] of bodies) {
    const answer = await fetch(`${relay.url}/bundle-file`, {
      method: "POST",
      headers: { "Content-Type": type as string },
      body: body as string,
    })
    expect(answer.status, `${type} ${body?.slice(0, 20)}`).toBe(400)
  }
  expect((await fetch(relay.url)).status).toBe(200)
})

test("An upload that is cut keeps the batches that were whole, and frees what it held", async () => {
  const relay = await startRelay({ uploads: true, maxHeldBytes: 6 * 64 * 16_384 })
  const cells = seededCells("cut upload", 100)
  const head = "--b\r\nContent-Disposition: form-data; name=bundle; filename=x\r\n\r\n"
  const socket = connect(relay.port, "127.0.0.1")
  socket.on("error", () => undefined)
  socket.write(
    `POST /bundle-file HTTP/1.1\r\nHost: r\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999999\r\n\r\n${head}`,
  )
  socket.write(Buffer.concat(cells))
  await expect.poll(() => relay.store.count()).toBe(64)
  socket.destroy()
  await once(socket, "close")
  await expect.poll(async () => (await give(relay.url, [Buffer.concat(cells)])).status).toBe(200)
  expect(await storedIds(relay.store)).toEqual(cells.map(hashOf).sort())
})

test("Uploads that never end are answered busy beyond half of the memory, and posts find room", async () => {
  // Room for two uploads, were they alone.
  const relay = await startRelay({ uploads: true, maxHeldBytes: 6 * 1_048_576 })
  const begin = (): ReturnType<typeof connect> => {
    const socket = connect(relay.port, "127.0.0.1")
    socket.on("error", () => undefined)
    const head = "POST /bundle-file HTTP/1.1\r\nHost: relay\r\nContent-Length: 99999999\r\n"
    socket.write(`${head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n`)
    return socket
  }
  const silent = begin()
  const second = begin()
  // Whichever came later is the one that is answered.
  const answer = await Promise.race([silent, second].map(async (socket) => (await once(socket, "data"))[0]))
  expect(String(answer)).toMatch(/^HTTP\/1\.1 503 /)
  expect((await postCells(relay.url, seededCells("beside", 64))).status).toBe(200)
  silent.destroy()
  second.destroy()
  await expect.poll(async () => (await give(relay.url, seededCells("then", 1))).status).toBe(200)
})
