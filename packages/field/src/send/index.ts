export { readBundleAnswer } from "./bundle-answer.ts"
export { type SendOutcome, type SendPorts, type SendProgress, sendWaiting } from "./send.ts"
export { shuffled } from "./shuffle.ts"
