import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { fromHex, toHex, utf8Bytes, utf8Text } from "../bytes/index.ts"
import { noblePrimitives } from "../primitives/index.ts"
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { EMPTY_ROOT } from "./hash.ts"
import { formatVerifierKey, parseVerifierKey, verifierKey } from "./key.ts"
import { openNote, signNote } from "./note.ts"

interface NoteVectors {
  readonly key: string
  readonly root: string
  readonly notes: {
    readonly name: string
    readonly expect: string
    readonly note?: string
    readonly noteHex?: string
  }[]
  readonly keys: { readonly name: string; readonly expect: string; readonly key: string }[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/log-note.json", import.meta.url), "utf8"),
) as NoteVectors

const primitives = noblePrimitives((byteLength) => new Uint8Array(byteLength))
const { verify } = primitives
const seed = new Uint8Array(32).fill(7)
const signer = {
  name: "archive.example/log",
  publicKey: await primitives.publicKey(seed),
  sign: (message: Uint8Array) => primitives.sign(seed, message),
}

async function outcome(act: () => unknown): Promise<string> {
  try {
    await act()
    return "accept"
  } catch (error) {
    return `reject:${(error as { code?: string }).code}`
  }
}

describe("checkpoint vectors", () => {
  const key = parseVerifierKey(vectors.key)
  test.each(vectors.notes)("$name", async (v) => {
    const bytes = v.note === undefined ? (fromHex(v.noteHex ?? "") as Uint8Array) : utf8Bytes(v.note)
    expect(await outcome(() => openCheckpoint(bytes, key, verify))).toBe(v.expect)
  })
})

describe("key vectors", () => {
  test.each(vectors.keys)("$name", async (v) => {
    expect(await outcome(() => parseVerifierKey(v.key))).toBe(v.expect)
    if (v.expect === "accept") expect(formatVerifierKey(parseVerifierKey(v.key))).toBe(v.key)
  })
})

test("the example note of golang.org/x/mod/sumdb/note opens", async () => {
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const signature =
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
  const note = utf8Bytes(`${text}\n— PeterNeumann ${signature}\n`)
  const key = parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
  expect(await openNote(note, key, verify)).toBe(text)
})

test("what is signed opens, and every flipped bit of it does not", async () => {
  const checkpoint = { origin: signer.name, size: 8, root: fromHex(vectors.root) as Uint8Array }
  const note = await signCheckpoint(checkpoint, signer)
  const key = verifierKey(signer.name, signer.publicKey)
  expect(await openCheckpoint(note, key, verify)).toEqual(checkpoint)
  for (let i = 0; i < note.length; i++) {
    const flipped = note.slice()
    flipped[i] = (flipped[i] as number) ^ 1
    expect(await outcome(() => openCheckpoint(flipped, key, verify)), `byte ${i}`).toMatch(
      /^reject:[a-z0-9-]+$/,
    )
    expect(await outcome(() => openCheckpoint(note.slice(0, i), key, verify)), `cut at ${i}`).toMatch(
      /^reject:/,
    )
  }
})

test("a signer cannot be made to sign what cannot be read back", async () => {
  expect(await outcome(() => signNote("no newline at the end", signer))).toBe("reject:bad-note")
  expect(await outcome(() => signNote("a tab\t\n", signer))).toBe("reject:bad-note")
  expect(await outcome(() => signNote("text\n", { ...signer, name: "two words" }))).toBe("reject:bad-key")
  expect(await outcome(() => signNote("text\n", { ...signer, sign: () => new Uint8Array(3) }))).toBe(
    "reject:bad-signature",
  )
  const other = { origin: "archive.example/other", size: 0, root: EMPTY_ROOT }
  expect(await outcome(() => signCheckpoint(other, signer))).toBe("reject:wrong-origin")
})

test("a checkpoint that parses is written back as it was", () => {
  for (const v of vectors.notes.filter((n) => n.expect === "accept")) {
    const [body] = (v.note as string).split("\n\n")
    expect(formatCheckpoint(parseCheckpoint(`${body}\n`))).toBe(`${body}\n`)
  }
  expect(utf8Text(EMPTY_ROOT)).toBeNull()
  expect(toHex(EMPTY_ROOT).slice(0, 8)).toBe("e3b0c442")
})
