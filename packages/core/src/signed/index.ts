export {
  parseSignedLine,
  type SignedLineUnverified,
  type SigningContext,
  signLine,
  verifyLine,
} from "./signed-line.ts"
