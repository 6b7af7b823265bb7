import { utf8Bytes, utf8Text } from "../bytes/index.ts"
import { formatToken, parseToken, type Token } from "./token.ts"

/** Most tokens of one file: 4.7 MB. */
export const MAX_FILE_TOKENS = 10_000

const FIRST_LINE = "govah tokens v1"

/** Tokens as a file to be handed on: a first line, then a token a line. */
export function formatTokenFile(tokens: readonly Token[]): Uint8Array {
  return utf8Bytes([FIRST_LINE, ...tokens.map(formatToken), ""].join("\n"))
}

/** Reads a file of tokens, or null for anything else. @param received - attacker-controlled; the caller bounds the length. */
export function parseTokenFile(received: Uint8Array): readonly Token[] | null {
  const lines = utf8Text(received)?.split("\n")
  if (lines === undefined || lines.shift() !== FIRST_LINE || lines.pop() !== "") return null
  if (lines.length > MAX_FILE_TOKENS) return null
  const tokens = lines.map(parseToken)
  return tokens.every((token) => token !== null) ? tokens : null
}
