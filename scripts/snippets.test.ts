import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { paperFaults } from "./snippets.ts"

let root = ""
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "govah-papers-"))
  symlinkSync(resolve("node_modules"), join(root, "node_modules"))
  put("package.json", '{ "scripts": { "test": "true", "check": "true" } }')
  put("packages/core/src/open/index.ts", "")
  put("spec/cell.md", "# The cell\n\n## What is in it?\n")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const block = (language: string, ...code: string[]): string =>
  ["```", language, "\n", ...code, "\n```\n"].join("")

test.each([
  ["a block that fails", block("sh run", "false")],
  ["a block whose first command fails", block("sh run", "false\ntrue")],
  ["a block with an unset name", block("sh run", 'echo "$NOBODY_SET_THIS"')],
  ["a program that throws", block("ts run", 'throw new Error("no")')],
  ["a program that imports what is not there", block("ts run", 'import "@govah/nothing"')],
  ["a link to no file", "[cells](spec/cells.md)"],
  ["a link to no heading", "[cells](spec/cell.md#what-is-not-in-it)"],
  ["a picture that is not there", '<img src="docs/shot.png" alt="">'],
  ["a path that is not there", "see `packages/core/src/close/index.ts`"],
  ["a room's folder that is not there", "see `core/close`"],
  ["a pattern that nothing fits", "see `spec/*.cddl`"],
  ["a script that is not there", "run `npm run deploy`"],
])("refuses %s", (_name, markdown) => {
  put("README.md", markdown)
  expect(paperFaults(root)).toEqual([expect.stringMatching(/^README\.md/)])
})

test.each([
  ["blocks that go on from each other", block("sh run", "echo kept > a") + block("sh run", "grep -q kept a")],
  [
    "a program with types",
    block("ts run", 'import { sep } from "node:path"\nconst a: string = sep\nconsole.log(a)'),
  ],
  ["a block that is only shown", block("sh", "false")],
  ["a link to a heading", "[cells](spec/cell.md#what-is-in-it)"],
  ["a link out", "[age](https://age-encryption.org/v1)"],
  ["a path", "see `packages/core/src/open/index.ts`"],
  ["a room's folder", "see `core/open` and `core/src/open/`"],
  ["a pattern", "see `packages/<room>/src` and `spec/*.md`"],
  ["a script", "run `npm test`, then `npm run check`"],
  ["what only looks like a path", "`text/plain`, `@noble/hashes`, `a/b`"],
])("accepts %s", (_name, markdown) => {
  put("README.md", markdown)
  expect(paperFaults(root)).toEqual([])
})
