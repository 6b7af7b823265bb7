import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { verbs } from "./commands.ts"

// Prints the rooms of which at least one file was loaded, as the last line of standard error.
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module"
  const rooms = new Set()
  registerHooks({ load(url, context, next) {
    const room = /\\/packages\\/(\\w+)\\/src\\//.exec(url)
    if (room !== null) rooms.add(room[1])
    return next(url, context)
  } })
  process.on("exit", () => console.error([...rooms].sort().join(" ")))
`)}`

/** The rooms that a command line loads. */
function roomsOf(...args: string[]): string {
  const main = new URL("./main.ts", import.meta.url).pathname
  const line = `"$0" "$@" 2>&1 >/dev/null | tail -n 1`
  return execFileSync("sh", ["-c", line, process.execPath, "--import", WATCH, main, ...args], {
    encoding: "utf8",
  }).trim()
}

test("every verb loads, and no two have the same words", async () => {
  for (const verb of verbs) expect((await verb.load()).run).toBeTypeOf("function")
  expect(new Set(verbs.map(({ words }) => words.join(" "))).size).toBe(verbs.length)
})

test("a command loads the rooms that it needs, and help loads none", () => {
  expect(roomsOf("help")).toBe("cli core node")
  expect(roomsOf("relay", "--help")).toBe("cli core node relay")
  expect(roomsOf("field", "send", "--help")).toBe("cli core field node")
  // And the watch sees what is there.
  expect(roomsOf("carry", "in", "--help")).toBe("cli core desk field node relay")
})
