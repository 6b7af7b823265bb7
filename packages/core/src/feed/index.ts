export { acceptFeedFile, type FeedHead } from "./feed-chain.ts"
export { FeedError, type FeedErrorCode } from "./feed-error.ts"
export { type FeedFile, MAX_FEED_BYTES, openFeedFile, signFeedFile } from "./feed-file.ts"
export {
  encodeReceiptSet,
  MIN_RECEIPTS,
  RECEIPT_TAG_BYTES,
  type ReceiptKind,
  receiptSetHas,
  receiptTag,
} from "./receipt-set.ts"
