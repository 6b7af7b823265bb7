import { encodePrice } from "@govah/core/work"
import type { Room } from "./room.ts"

/** `GET /price`: what posting costs, the same bytes for everybody. */
export async function getPrice(room: Room): Promise<Response> {
  const price = encodePrice(await room.price.now())
  const headers = { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" }
  return new Response(new Uint8Array(price), { headers })
}
