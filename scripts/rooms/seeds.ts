/** One file put into a room, and what the gate must say of it: a pattern of its refusal, or null where it must let it be. */
export type Seed = readonly [path: string, code: string, refused: RegExp | null]

const IMPORT = /no-restricted-imports/

/** What lint holds: who may import whom, and what core may not touch. */
export const LINT_SEEDS: readonly Seed[] = [
  ["relay/src/a.ts", 'export { door } from "@govah/core/open"', IMPORT],
  ["relay/src/b.ts", 'export const later = (): Promise<unknown> => import("@govah/core/seal")', IMPORT],
  ["relay/src/c.ts", 'import type { Door } from "@govah/core/report"\nexport type A = Door', IMPORT],
  ["relay/src/d.ts", 'import { door } from "@govah/core/ledger"\nexport const a: string = door', IMPORT],
  ["relay/src/e.ts", 'export type A = import("@govah/core/open").Door', /consistent-type-imports/],
  ["relay/src/f.ts", 'export { door } from "../../core/src/open/index.ts"', IMPORT],
  [
    "relay/src/g.ts",
    'import { createRequire } from "node:module"\nexport const a: unknown = createRequire',
    IMPORT,
  ],
  ["relay/src/store/h.ts", 'export { door } from "../../../core/src/open/index.ts"', IMPORT],
  ["field/src/a.ts", 'export { door } from "@govah/core/open"', IMPORT],
  ["field/src/b.tsx", 'export { door } from "@govah/core/ledger"', IMPORT],
  ["field/src/c.ts", 'export { readFileSync } from "node:fs"', IMPORT],
  ["field/src/d.ts", 'export { door } from "@govah/node"', IMPORT],
  ["field/src/node/e.ts", 'export { door } from "@govah/core/open"', IMPORT],
  ["archive/src/a.ts", 'export { door } from "@govah/core/open"', IMPORT],
  ["archive/src/b.ts", 'export { door } from "@govah/core/seal"', IMPORT],
  ["archive/src/c.ts", 'export { door } from "@govah/core/ledger"', IMPORT],
  ["desk/src/web/a.ts", 'export { readFileSync } from "node:fs"', IMPORT],
  ["desk/src/web/b.ts", 'export { door } from "@govah/node"', IMPORT],
  ["node/src/a.ts", 'export { door } from "@govah/core/open"', IMPORT],
  ["core/src/seal/a.ts", 'export { readFileSync } from "node:fs"', IMPORT],
  ["core/src/seal/b.ts", 'export { door } from "@govah/core/bytes"', IMPORT],
  ["core/src/seal/c.ts", 'export { door } from "../ledger/index.ts"', IMPORT],
  ["core/src/cell/d.ts", 'export { door } from "../open/index.ts"', IMPORT],
  ["core/src/cell/e.ts", 'export { door } from "../report/index.ts"', IMPORT],
  ["core/src/open/f.ts", 'export { door } from "../bytes/bytes.ts"', IMPORT],
  ["core/src/open/g.ts", 'export { door } from "../../../desk/src/index.ts"', IMPORT],
  ["core/src/report/h.ts", "export const now: number = Date.now()", /no-restricted-globals/],
  ["core/src/report/i.ts", "export const now: string = String(new Date())", /no-restricted-globals/],
  ["core/src/report/j.ts", "export const chance: number = Math.random()", /no-restricted-properties/],
  [
    "core/src/report/k.ts",
    "const { random } = Math\nexport const chance: number = random()",
    /no-restricted-properties/,
  ],
  [
    "core/src/report/l.ts",
    "export function guess(text: string) {\n  return text.length\n}",
    /explicit-module-boundary/,
  ],
  ["relay/src/cycle/a.ts", 'import { b } from "./b.ts"\nexport const a = (): unknown => b', /no-cycle/],
  ["relay/src/cycle/b.ts", 'import { a } from "./a.ts"\nexport const b = (): unknown => a', /no-cycle/],
  [
    "relay/src/i.ts",
    'import { writeFile } from "node:fs/promises"\nexport function keep(): void {\n  writeFile("a", "b")\n}',
    /no-floating-promises/,
  ],
  [
    "relay/src/j.ts",
    'import { writeFile } from "node:fs/promises"\n["a"].forEach(async (name) => {\n  await writeFile(name, "b")\n})',
    /no-misused-promises/,
  ],
  ["relay/src/k.ts", 'export default "a"', /no-default-export/],
  ["relay/src/l.test.ts", 'export { door } from "@govah/field"', IMPORT],

  ["relay/src/ok-a.ts", 'export { door } from "@govah/core/cell"', null],
  ["relay/src/ok-b.ts", 'import { door } from "@govah/node"\nexport const a: string = door', null],
  ["relay/src/ok-c.test.ts", 'export { door } from "@govah/core/open"', null],
  ["field/src/ok-a.ts", 'export { door } from "@govah/core/seal"', null],
  [
    "field/src/node/ok-b.ts",
    'import { readFileSync } from "node:fs"\nexport const a: unknown = readFileSync',
    null,
  ],
  ["archive/src/ok-a.ts", 'export { door } from "@govah/core/publication"', null],
  ["desk/src/ok-a.ts", 'export { door } from "@govah/core/open"', null],
  ["desk/src/ok-b.ts", 'export { door } from "@govah/core/ledger"', null],
  ["desk/src/web/ok-c.ts", 'export { door } from "@govah/core/report"', null],
  ["cli/src/ok-a.ts", 'export { door } from "@govah/desk"', null],
  ["core/src/seal/ok-a.ts", 'export { door } from "../cell/index.ts"', null],
  ["core/src/report/ok-b.ts", "export const floor: number = Math.floor(1.5)", null],
  [
    "relay/src/ok-d.ts",
    'import { writeFile } from "node:fs/promises"\nexport async function keep(): Promise<void> {\n  await writeFile("a", "b")\n}',
    null,
  ],
]

/** What the compiler holds: which world a room has, which files it can reach, and the strictness of the language. */
export const TYPE_SEEDS: readonly Seed[] = [
  ...["fetch", "process", "Buffer", "document", "crypto", "URL", "setTimeout", "console", "localStorage"].map(
    (name): Seed => [
      `core/src/report/global-${name}.ts`,
      `export const a: unknown = ${name}`,
      /TS2(304|552|584|591|580)/,
    ],
  ),
  ["core/src/report/import.ts", 'export { readFileSync } from "node:fs"', /TS2(307|591)/],
  ["field/src/a.ts", "export const a: unknown = process", /TS2(304|591|580)/],
  ["field/src/b.ts", "export const a: unknown = document", /TS2(304|584)/],
  ["field/src/page/a.ts", "export const a: unknown = process", /TS2(304|591|580)/],
  ["field/src/a-worker.ts", "export const a: unknown = document", /TS2(304|584)/],
  ["desk/src/a.ts", "export const a: unknown = document", /TS2(304|584)/],
  ["desk/src/web/a.ts", "export const a: unknown = process", /TS2(304|591|580)/],
  ["relay/src/a.ts", 'export { door } from "@govah/core/src/open/index.ts"', /TS2307/],
  ["relay/src/b.ts", 'export { door } from "@govah/core"', /TS2307/],
  ["relay/src/c.ts", 'export { door } from "../../desk/src/index.ts"', /TS6(059|307)/],
  ["relay/src/d.ts", "export enum Kind {\n  Root,\n}", /TS1294/],
  ["relay/src/e.ts", "export class Store {\n  constructor(readonly path: string) {}\n}", /TS1294/],
  ["relay/src/f.ts", 'import { Door } from "@govah/core/cell"\nexport type A = Door', /TS1484/],
  ["relay/src/g.ts", "export const first = (list: string[]): string => list[0]", /TS2322/],
  ["relay/src/h.ts", "export const a: { b?: string } = { b: undefined }", /TS2375/],
  ["relay/src/i.ts", "export const size = (list: string[]) => list.length", /TS9007/],
  ["relay/src/j.ts", 'export { door } from "./ok-a"', /TS2835/],

  ["core/src/report/ok-a.ts", "export const a: Uint8Array = new TextEncoder().encode('a')", null],
  ["field/src/page/ok-a.ts", "export const a: Document = document", null],
  ["field/src/node/ok-a.ts", "export const a: number = process.pid", null],
  ["field/src/ok-worker.ts", "export const a: unknown = self.location", null],
  ["desk/src/ok-a.ts", "export const a: number = process.pid", null],
  ["desk/src/web/ok-a.tsx", "export const a: unknown = <p>{document.title}</p>", null],
  ["relay/src/ok-a.ts", 'export { door } from "@govah/core/cell"', null],
  ["cli/src/ok-a.ts", 'export { door } from "@govah/field"', null],
]

/** What Node itself holds when the sources run: the code of the error that an import ends with. */
export const RUN_SEEDS: readonly Seed[] = [
  [
    "relay/src/run-a.ts",
    'export { door } from "@govah/core/src/open/index.ts"',
    /ERR_PACKAGE_PATH_NOT_EXPORTED/,
  ],
  ["relay/src/run-b.ts", 'export { door } from "@govah/core"', /ERR_PACKAGE_PATH_NOT_EXPORTED/],
  ["cli/src/run-c.ts", 'export { door } from "@govah/desk/src/index.ts"', /ERR_PACKAGE_PATH_NOT_EXPORTED/],
  ["relay/src/run-d.ts", "export enum Kind {\n  Root,\n}", /ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/],
  ["relay/src/ok-run.ts", 'export { door } from "@govah/core/cell"', null],
]
