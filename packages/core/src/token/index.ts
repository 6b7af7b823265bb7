export {
  BLINDED_BYTES,
  formatToken,
  parseToken,
  type Token,
  TOKEN_BYTES,
  tokenChallenge,
  tokenInput,
} from "./token.ts"
export { formatTokenFile, MAX_FILE_TOKENS, parseTokenFile } from "./token-file.ts"
export { encodeTokenKey, parseTokenKey, TOKEN_KEY_BYTES } from "./token-key.ts"
