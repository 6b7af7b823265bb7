import { spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join, resolve } from "node:path"

/** A fenced block of a page that says it can be run: three back-quotes and `sh run` or `ts run`. */
export interface Fence {
  readonly language: "sh" | "ts"
  readonly code: string
  /** The line of the opening fence, from 1. */
  readonly line: number
}

const MAX_SECONDS = 60

/** The runnable blocks of a page, in order. */
export function fences(markdown: string): Fence[] {
  const found: Fence[] = []
  let open: { language: string; line: number; code: string[] } | null = null
  for (const [i, text] of markdown.split("\n").entries()) {
    if (open === null) {
      const start = /^```(.+)$/.exec(text)
      if (start !== null || text === "```")
        open = { language: start?.[1]?.trim() ?? "", line: i + 1, code: [] }
    } else if (text === "```") {
      const language = /^(sh|ts) run$/.exec(open.language)?.[1]
      if (language === "sh" || language === "ts") {
        found.push({ language, code: `${open.code.join("\n")}\n`, line: open.line })
      }
      open = null
    } else open.code.push(text)
  }
  return found
}

/**
 * Runs a page's blocks one after another in one empty folder, as a reader would who follows it. The rooms can be
 * imported there, `govah` is on the path, and the home folder is the same empty one.
 *
 * @param root - the repository.
 * @returns one line for each block that failed, with the end of what it said.
 */
export function runFences(root: string, page: string, blocks: readonly Fence[]): string[] {
  if (blocks.length === 0) return []
  const folder = mkdtempSync(join(tmpdir(), "govah-page-"))
  try {
    symlinkSync(resolve(root, "node_modules"), join(folder, "node_modules"))
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n')
    const path = [govah(root, folder), resolve(root, "node_modules/.bin"), process.env["PATH"]].join(
      delimiter,
    )
    const environment = { ...process.env, PATH: path, HOME: folder }
    return blocks.flatMap(({ language, code, line }) => {
      const file = join(folder, `line-${line}.${language}`)
      writeFileSync(file, language === "sh" ? `set -eu\n${code}` : code)
      const program = language === "sh" ? "sh" : process.execPath
      const done = spawnSync(program, [file], {
        cwd: folder,
        env: environment,
        encoding: "utf8",
        timeout: MAX_SECONDS * 1000,
      })
      if (done.status === 0) return []
      const said = `${done.error?.message ?? ""}${done.stdout}${done.stderr}`.trim().slice(-600)
      return [`${page}:${line}: the block failed: ${said}`]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function govah(root: string, folder: string): string {
  const bin = join(folder, ".bin")
  const program = join(bin, "govah")
  mkdirSync(bin)
  writeFileSync(
    program,
    `#!/bin/sh\nexec "${process.execPath}" "${resolve(root, "packages/cli/src/main.ts")}" "$@"\n`,
  )
  chmodSync(program, 0o755)
  return bin
}
