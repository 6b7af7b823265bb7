import { readFileSync } from "node:fs"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { describe, expect, test } from "vitest"
import { fromHex } from "../bytes/index.ts"
import { noblePrimitives, type Primitives } from "../primitives/index.ts"

interface Group<T> {
  readonly ivSize?: number
  readonly publicKey?: { readonly pk: string }
  readonly tests: readonly (T & { readonly tcId: number; readonly result: "valid" | "invalid" })[]
}
interface AeadCase {
  readonly key: string
  readonly iv: string
  readonly aad: string
  readonly msg: string
  readonly ct: string
  readonly tag: string
}
interface SignatureCase {
  readonly msg: string
  readonly sig: string
}

const implementations: readonly (readonly [string, Primitives])[] = [
  ["noble", noblePrimitives((byteLength) => nodePrimitives.random(byteLength))],
  ["node", nodePrimitives],
]

describe.each(implementations)("Wycheproof on %s", (_, p) => {
  test("ChaCha20-Poly1305 without associated data", async () => {
    let met = 0
    for (const group of load<AeadCase>("chacha20_poly1305_test.json")) {
      if (group.ivSize !== 96) continue
      for (const c of group.tests.filter(({ aad }) => aad === "")) {
        const sealed = hex(c.ct + c.tag)
        const opened = await p.aeadOpen(hex(c.key), hex(c.iv), sealed)
        expect(opened, `test ${c.tcId}`).toEqual(c.result === "valid" ? hex(c.msg) : null)
        if (c.result === "valid") {
          expect(await p.aeadSeal(hex(c.key), hex(c.iv), hex(c.msg)), `test ${c.tcId}`).toEqual(sealed)
        }
        met++
      }
    }
    expect(met).toBeGreaterThanOrEqual(45)
  })

  test("Ed25519", async () => {
    let met = 0
    for (const group of load<SignatureCase>("ed25519_test.json")) {
      const key = hex(group.publicKey?.pk ?? "")
      for (const c of group.tests) {
        const valid = await p.verify(key, hex(c.msg), hex(c.sig))
        expect(valid, `test ${c.tcId}`).toBe(c.result === "valid")
        met++
      }
    }
    expect(met).toBeGreaterThanOrEqual(150)
  })
})

function load<T>(name: string): readonly Group<T>[] {
  const folder = process.env["GOVAH_DATA"]
  if (folder === undefined || folder === "") {
    throw new Error("GOVAH_DATA names no folder: set it to the one that holds vectors/wycheproof")
  }
  const file = JSON.parse(readFileSync(join(folder, "vectors", "wycheproof", name), "utf8")) as {
    readonly testGroups: readonly Group<T>[]
  }
  return file.testGroups
}

function hex(text: string): Uint8Array {
  return new Uint8Array(fromHex(text) as Uint8Array)
}
