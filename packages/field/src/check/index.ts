export { type CheckOutcome, type CheckPorts, checkReceipts, type FeedVisit } from "./check.ts"
export { type FeedMemory, readFeedMemory } from "./feed-memory.ts"
