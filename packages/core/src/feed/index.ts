export { type AcceptedHead, acceptFeedHead, checkFollows, type KnownFeed } from "./feed-chain.ts"
export { FeedError, type FeedErrorCode } from "./feed-error.ts"
export {
  type FeedHead,
  type FeedHeadDocument,
  listedParts,
  MAX_BUCKETS,
  MAX_BULLETIN_BYTES,
  MAX_BULLETINS,
  MAX_CALL_BYTES,
  MAX_CALLS,
  MAX_FEED_BYTES,
  MAX_HEAD_BYTES,
  MAX_NOTICE_BYTES,
  MAX_PART_BYTES,
  MAX_RECEIPT_SETS,
  MIN_DOCUMENT_BYTES,
  openFeedHead,
  REPLY_SLOT_BYTES,
  signFeedHead,
} from "./feed-head.ts"
export {
  type FeedProof,
  MAX_PROOF_HEADS,
  type ProvenHead,
  readFeedProof,
  writeFeedProof,
} from "./feed-proof.ts"
export { formatPartList, type ListedPart, parsePartList } from "./part-list.ts"
export {
  encodeReceiptSet,
  MAX_RECEIPTS,
  MIN_RECEIPTS,
  openReceiptSet,
  RECEIPT_TAG_BYTES,
  type ReceiptKind,
  type ReceiptSet,
  receiptSetBytes,
  receiptSetHas,
  receiptTag,
  backTag,
} from "./receipt-set.ts"
export { MAX_WARNINGS, type Warning, WARNING_KINDS, type WarningKind, WarningSchema } from "./warning.ts"
export {
  openWholeFeed,
  readWholeFeed,
  type WholeFeed,
  type WholeFeedPiece,
  writeWholeFeed,
} from "./whole-feed.ts"
