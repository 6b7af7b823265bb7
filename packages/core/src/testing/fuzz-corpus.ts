import { readdirSync, readFileSync } from "node:fs"
import { fromBase64Url, fromHex } from "../bytes/index.ts"
import { startChain } from "../reply/index.ts"
import type { FuzzCorpus } from "./fuzz-parcel.ts"

const vectors = new URL("../../../../vectors/", import.meta.url)

/** The committed corpus (`vectors/corpus`), with the keys of the vectors that it was made from. */
export function readCorpus(): FuzzCorpus {
  const desk = casesOf("root")[0]?.["desk"] as string
  const opening = casesOf("root").filter((c) => c["expect"] === "accept")
  const deskKey = fromBase64Url(desk) as Uint8Array
  return {
    inputs: (target) => {
      const folder = new URL(`corpus/${target}/`, vectors)
      const names = readdirSync(folder).sort()
      return names.map((name) => new Uint8Array(readFileSync(new URL(name, folder))))
    },
    rootIdentities: [...new Set(opening.flatMap((c) => c["identities"] as string[]))],
    desk,
    fileKey: fromHex(fileOf("payload").fileKey as string) as Uint8Array,
    lines: [["govah-feed-v1", deskKey]],
    today: "2026-03-01",
    replyChain: startChain(fromHex(casesOf("reply-slot")[0]?.["secret"] as string) as Uint8Array),
  }
}

interface VectorFile {
  readonly cases: readonly Readonly<Record<string, unknown>>[]
  readonly fileKey?: string
}

function fileOf(name: string): VectorFile {
  return JSON.parse(readFileSync(new URL(`${name}.json`, vectors), "utf8")) as VectorFile
}

function casesOf(name: string): VectorFile["cases"] {
  return fileOf(name).cases
}
