import type { ErrorAnswer, JobLine } from "../../http/wire.ts"

/** A request that the desk refused, or that did not reach it (`unreachable`). */
export class ClientError extends Error {
  override readonly name = "ClientError"
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

// In memory alone. Whoever reloads the page opens it anew from the address that the desk printed.
let token = ""

/**
 * Takes the token out of the address and takes the address out of the history at once. Also the language to begin with,
 * where the shell named one: `#t=…&l=en`.
 */
export function takeToken(): { readonly language: string | null } {
  const fragment = new URLSearchParams(location.hash.slice(1))
  token = fragment.get("t") ?? token
  if (location.hash !== "") history.replaceState(null, "", location.pathname)
  return { language: fragment.get("l") }
}

export function hasToken(): boolean {
  return token !== ""
}

/** Reads JSON. @throws ClientError */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await request(path, { signal: signal ?? null })).json()) as T
}

/** Sends JSON and reads JSON. @throws ClientError */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { "content-type": "application/json" }
  const answer = await request(path, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    signal: signal ?? null,
  })
  return (await answer.json()) as T
}

/** Reads bytes into memory, saying how many have come. @throws ClientError */
export async function getBytes(
  path: string,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await request(path, { signal })
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const piece of readAll(answer)) {
    pieces.push(piece)
    progress((bytes += piece.length))
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Starts a long job and reads its lines until it is done. @throws ClientError also where the job failed midway. */
export async function runJob<Progress, Done>(
  path: string,
  signal: AbortSignal,
  progress: (line: Progress) => void,
): Promise<Done> {
  const answer = await request(path, { method: "POST", signal })
  const decoder = new TextDecoder()
  let rest = ""
  for await (const piece of readAll(answer)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n")
    rest = lines.pop() ?? ""
    for (const text of lines) {
      const line = JSON.parse(text) as JobLine<Progress, Done>
      if ("failed" in line) throw new ClientError(line.failed.error, line.failed.message)
      if ("done" in line) return line.done
      progress(line.progress)
    }
  }
  throw new ClientError("unreachable", "the answer ended before the work did")
}

async function* readAll(answer: Response): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = answer.body?.getReader()
  for (;;) {
    const next = await reader?.read().catch((cause: unknown) => {
      throw failure(cause)
    })
    if (next === undefined || next.done) return
    yield next.value
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set("authorization", `Bearer ${token}`)
  const answer = await fetch(path, { ...init, headers, cache: "no-store", credentials: "omit" }).catch(
    (cause: unknown) => {
      throw failure(cause)
    },
  )
  if (answer.ok) return answer
  const body = (await answer.json().catch(() => ({ error: "other", message: "" }))) as ErrorAnswer
  throw new ClientError(body.error, body.message)
}

// An abort stays an abort: whoever asked for it does not want to read about it.
function failure(cause: unknown): Error {
  if (cause instanceof DOMException && cause.name === "AbortError") return cause
  return new ClientError("unreachable", "the desk does not answer", { cause: cause as Error })
}
