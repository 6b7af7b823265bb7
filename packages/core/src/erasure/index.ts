export { MAX_SHARD_BYTES, MAX_SHARDS, rebuildShards, repairShard } from "./cauchy.ts"
export { ErasureError, type ErasureErrorCode } from "./erasure-error.ts"
