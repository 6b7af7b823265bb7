import { toHex, utf8Bytes } from "@govah/core/bytes"
import {
  leafHash,
  MerkleTree,
  type NoteSigner,
  signCheckpoint,
  signNote,
  tileBytes,
  tilePath,
  verifierKey,
} from "@govah/core/log"
import type { Primitives } from "@govah/core/primitives"
import {
  formatLogProof,
  formatManifest,
  joinReleaseFile,
  manifestHash,
  releaseEntry,
  type ReleaseKeys,
} from "@govah/core/release"
import type { Origin } from "../trust/ports.ts"

/** A place that serves releases, and that a test may turn. */
export interface ReleaseOrigin extends Origin {
  readonly keys: ReleaseKeys
  /** What is served by path; a test changes it. */
  readonly files: Map<string, Uint8Array>
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  /** Makes a release of these assets and serves it. @param by - who signs; the origin's own keys where left out. */
  release(version: number, assets: Readonly<Record<string, string>>, wish?: ReleaseWish): Promise<void>
}

export interface ReleaseWish {
  readonly signer?: NoteSigner
  /** Logged in a log that begins anew. */
  readonly forked?: boolean
  /** Text of `sw.js`; the usual one where left out. */
  readonly worker?: string
}

/** A signer with a fresh key. */
export async function freshSigner(name: string, p: Primitives): Promise<NoteSigner> {
  const seed = p.random(32)
  return { name, publicKey: await p.publicKey(seed), sign: (message) => p.sign(seed, message) }
}

export async function releaseOrigin(p: Primitives): Promise<ReleaseOrigin> {
  const signer = await freshSigner("test.example/release", p)
  const log = await freshSigner("test.example/log", p)
  const files = new Map<string, Uint8Array>()
  const asked: string[] = []
  let tree = new MerkleTree()
  return {
    keys: {
      threshold: 1,
      signers: [verifierKey(signer.name, signer.publicKey)],
      log: verifierKey(log.name, log.publicKey),
    },
    files,
    asked,
    get: async (path, maxBytes) => {
      asked.push(path)
      return files.get(path)?.slice(0, maxBytes + 1) ?? null
    },
    release: async (version, assets, wish = {}) => {
      const worker = utf8Bytes(wish.worker ?? "the worker")
      const named = Object.entries(assets).sort(([a], [b]) => (a < b ? -1 : 1))
      const text = formatManifest({
        version,
        worker: toHex(await p.sha256(worker)),
        assets: await Promise.all(
          named.map(async ([path, body]) => {
            const bytes = utf8Bytes(body)
            return { path, bytes: bytes.length, sha256: toHex(await p.sha256(bytes)) }
          }),
        ),
        file: null,
      })
      if (wish.forked === true) tree = new MerkleTree()
      const index = tree.size
      tree.append(leafHash(releaseEntry(version, manifestHash(text))))
      const head = { origin: log.name, size: tree.size, root: tree.root() }
      const proof = formatLogProof({
        index,
        hashes: tree.inclusionProof(index),
        checkpoint: await signCheckpoint(head, log),
      })
      const tile = { level: 0, index: 0, width: tree.size }
      for (const [path, body] of named) files.set(path, utf8Bytes(body))
      files.set("sw.js", worker)
      files.set(`release/log/${tilePath(tile)}`, tileBytes(tree, tile))
      const manifest = await signNote(text, wish.signer ?? signer)
      files.set("release/release.txt", joinReleaseFile({ manifest, proof }))
    },
  }
}
