// What reads the desk's feed, in one part of its own: a phone that seals does not wait for it.
export { hearFeedFile } from "../carry/index.ts"
export { checkFeed } from "../check/index.ts"
