export { type BucketReading, CHAIN_LOOKAHEAD, readBucket } from "./read-bucket.ts"
export {
  bucketCount,
  bucketOf,
  EPOCH_DAYS,
  fillBuckets,
  MIN_BUCKET_CORRESPONDENTS,
  MIN_BUCKET_SLOTS,
  replyEpoch,
} from "./reply-buckets.ts"
export { CHAIN_BYTES, nextChain, replyKey, replyTag, startChain } from "./reply-chain.ts"
export { ReplyError, type ReplyErrorCode } from "./reply-error.ts"
export { MAX_REPLY_BYTES, openReply, sealReply } from "./reply-slot.ts"
