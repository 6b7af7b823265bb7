export {
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64NoPad,
  fromBase64Url,
  fromHex,
  toBase64,
  toBase64NoPad,
  toBase64Url,
  toHex,
  uint32Bytes,
  utf8Bytes,
  utf8Text,
} from "./bytes.ts"
export {
  canonicalJson,
  canonicalJsonBytes,
  type Json,
  MAX_JSON_DEPTH,
  parseCanonicalJson,
} from "./canonical-json.ts"
export { gatherBytes } from "./gather.ts"
