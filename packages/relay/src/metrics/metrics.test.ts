import { once } from "node:events"
import { request } from "node:http"
import { networkInterfaces } from "node:os"
import { connect } from "node:net"
import { join } from "node:path"
import { expect, test } from "vitest"
import { parseConfig } from "../config.ts"
import { freshFolder, postCells, realDeps, seededCells, startRelay } from "../testing/test-relay.ts"
import { METRICS_HOLD_MS } from "./metrics.ts"

const NAMES =
  /^govah_relay_(used_bytes|free_bytes|total_bytes|cells|resident_bytes|commits|answers\{status="(\d{3}|other)"\}) \d+$/

/** Every line that is not one of the closed list. */
function strange(text: string): string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !/^# (HELP|TYPE) govah_relay_/.test(line))
  return lines.filter((line) => !NAMES.test(line))
}

async function read(relay: { readonly metrics: { readonly url: string } | null }): Promise<string> {
  return await (await fetch(`${relay.metrics?.url}/metrics`)).text()
}

const value = (text: string, name: string): number =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`govah_relay_${name} `))
      ?.split(" ")[1],
  )

test("Health says ok and nothing else, to everybody, however much is kept", async () => {
  const relay = await startRelay()
  const ask = async (): Promise<unknown> => {
    const answer = await fetch(`${relay.url}/health`)
    const { date, ...headers } = Object.fromEntries(answer.headers)
    return { status: answer.status, text: await answer.text(), headers }
  }
  const before = await ask()
  expect(before).toMatchObject({ status: 200, text: "ok\n" })
  await postCells(relay.url, seededCells("health", 3))
  expect(await ask()).toEqual(before)
  await relay.store.close()
  expect(await ask()).toMatchObject({ status: 500, text: '{"error":"failed"}' })
})

test("Metrics are off unless asked for, and never at the address that the world asks", async () => {
  expect((await startRelay()).metrics).toBeNull()
  const relay = await startRelay({ metrics: 0 })
  expect((await fetch(`${relay.url}/metrics`)).status).toBe(404)
  expect(relay.metrics?.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
  for (const other of Object.values(networkInterfaces()).flat()) {
    if (other === undefined || other.family !== "IPv4" || other.internal) continue
    const socket = connect(relay.metrics?.port as number, other.address)
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException]
    expect(error.code).toBe("ECONNREFUSED")
  }
})

test("The figures are of a closed list, name nobody, and stay the same for an hour", async () => {
  let now = 0
  const relay = await startRelay({ metrics: 0 }, { ...realDeps, monotoneMs: () => now })
  const first = await read(relay)
  expect(strange(first)).toEqual([])
  const headers = { "User-Agent": "PlantedPhone/14.3", "X-Forwarded-For": "203.0.113.77" }
  for (let i = 0; i < 4; i++) await postCells(relay.url, seededCells(`metrics ${i}`, 64))
  for (let i = 0; i < 120; i++) await fetch(`${relay.url}/planted-${i}`, { headers })
  await fetch(`${relay.url}/cells`, { method: "POST", headers, body: "x" })
  now = METRICS_HOLD_MS - 1
  expect(await read(relay)).toBe(first)
  now = METRICS_HOLD_MS
  const second = await read(relay)
  expect(strange(second)).toEqual([])
  expect(second).not.toMatch(/planted|203\.0|127\.0|:\d\d/i)
  // 256 cells, 120 answers that there is nothing, 4 and 1 of others: in whole hundreds.
  expect(value(second, "cells")).toBe(200)
  expect(value(second, 'answers{status="404"}')).toBe(100)
  expect(value(second, 'answers{status="200"}')).toBe(0)
  expect(value(second, "used_bytes")).toBeGreaterThan(value(first, "used_bytes"))
})

test("Metrics on a socket, and the variable that says where", async () => {
  const socketPath = join(freshFolder(), "metrics.sock")
  await startRelay({ metrics: socketPath })
  const status = async (path: string, method = "GET"): Promise<number> => {
    const outgoing = request({ socketPath, path, method }).end()
    const [incoming] = (await once(outgoing, "response")) as [NodeJS.ReadableStream & { statusCode: number }]
    incoming.resume()
    return incoming.statusCode
  }
  expect(await Promise.all([status("/metrics"), status("/"), status("/metrics", "POST")])).toEqual([
    200, 404, 404,
  ])
  const config = (text: string): unknown =>
    parseConfig({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_METRICS: text }).metrics
  expect([config(""), config("9710"), config(socketPath)]).toEqual([undefined, 9710, socketPath])
  for (const bad of ["0.0.0.0:9710", "70000", "metrics.sock"])
    expect(() => config(bad)).toThrow(expect.objectContaining({ code: "bad-config" }))
})
