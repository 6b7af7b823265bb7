export { addUnread, dropRead, prepareUnread, readUnread, UnreadFull } from "./unread.ts"
export { addChain, changeChains, KEPT_CHAINS, readChains } from "./chains.ts"
