import type { Room } from "./room.ts"

/**
 * `GET /health`: `ok`, for whoever runs the relay or puts it behind something. The store is read, so that a disk that is
 * gone is not well; how full it is and how much is done is for the operator alone (`metrics/`).
 */
export async function health(room: Room): Promise<Response> {
  await room.store.settings.read("health")
  return new Response("ok\n", { headers: { "Content-Type": "text/plain; charset=utf-8" } })
}
