import { BLINDED_BYTES, formatTokenFile, MAX_FILE_TOKENS, TOKEN_KEY_BYTES } from "@govah/core/token"
import { parsePrice, PRICE_BYTES, WorkError } from "@govah/core/work"
import { DeskError } from "../desk-error.ts"
import { fetchForAll, postTokens } from "../relays/relay-client.ts"
import { readRelays } from "../relays/relays.ts"
import type { Room } from "../room.ts"
import { makeTokens, type TokenIssuer } from "./make-tokens.ts"

/**
 * Has one of the desk's relays sign tokens, and gives them as a file to be handed on. The desk keeps none, and writes
 * nothing down about whom they were made for.
 *
 * @throws DeskError `no-such-relay`, `bad-count`, `relay-failed`, `road-not-available`.
 */
export async function tokensOfRelay(
  room: Room,
  url: string,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (!Number.isInteger(count) || count < 1 || count > MAX_FILE_TOKENS) {
    throw new DeskError("bad-count", `a file holds 1 to ${MAX_FILE_TOKENS} tokens`)
  }
  const relay = readRelays(room.store).find((known) => known.url === url.replace(/\/+$/, ""))
  if (relay === undefined) throw new DeskError("no-such-relay", "this is none of the desk's relays")
  const asking = { ways: room.deps.ways, signal }
  const issuer: TokenIssuer = {
    price: async () => readPrice(await fetchForAll(relay, "/price", PRICE_BYTES, asking)),
    key: () => fetchForAll(relay, "/token-key", TOKEN_KEY_BYTES, asking),
    sign: (request, messages) => postTokens(relay, request, messages * BLINDED_BYTES, asking),
  }
  return formatTokenFile(await makeTokens(issuer, count, room.deps.primitives))
}

function readPrice(bytes: Uint8Array): ReturnType<typeof parsePrice> {
  try {
    return parsePrice(bytes)
  } catch (cause) {
    if (!(cause instanceof WorkError)) throw cause
    throw new DeskError("relay-failed", `its price is none (${cause.code})`, { cause })
  }
}
