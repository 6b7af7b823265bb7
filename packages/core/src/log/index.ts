export {
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "./checkpoint.ts"
export { type Disclosed, disclosure, disclosureDigest, parseDisclosure, SALT_BYTES } from "./disclosure.ts"
export { DIGEST_STEP, type MadeEntry, makeEntry, openEntry, openWholeEntry, parseEntry } from "./entry.ts"
export { EMPTY_ROOT, HASH_BYTES, leafHash, MAX_ENTRY_BYTES, nodeHash } from "./hash.ts"
export { formatVerifierKey, parseVerifierKey, type VerifierKey, verifierKey } from "./key.ts"
export { LogError, type LogErrorCode } from "./log-error.ts"
export {
  type NoteSignature,
  type NoteSigner,
  type NoteUnverified,
  openNote,
  parseNote,
  signNote,
  type VerifySignature,
} from "./note.ts"
export { verifyConsistency, verifyInclusion } from "./proof.ts"
export {
  entryBundle,
  parseEntryBundle,
  parseTile,
  TILE_WIDTH,
  type Tile,
  tileBytes,
  tilePath,
  tilesOf,
} from "./tile.ts"
export { MerkleTree } from "./tree.ts"
