/* oxlint-disable govah/no-traces -- holds the program and two notes about it, nothing of a person: the one store that sw.js can serve from */
import { keyWords } from "@govah/core/card"
import { openRelease, parseReleaseKeys, ReleaseError } from "@govah/core/release"
import pinned from "../../release-keys.json" with { type: "json" }
import { cacheShelf } from "../platform/cache-shelf.ts"
import { fetchOrigin } from "../platform/fetch-origin.ts"
import { keptCellFiles, waitingFile } from "../platform/waiting-file.ts"
import { webPrimitives } from "../platform/web-primitives.ts"
import { PAGE_HEADERS } from "../policy.ts"
import { checkCopy } from "./check-copy.ts"
import { type Looked, look, lower, otherWorkerFound, take } from "./guard.ts"
import type { GuardPorts } from "./ports.ts"
import type {
  GuardAnswers,
  GuardAsked,
  GuardFailure,
  GuardRequest,
  GuardSaid,
  ProgramShown,
} from "./protocol.ts"
import { onShelf } from "./shelved.ts"

// Judges the program itself, apart from the worker that seals: it goes on while the app is locked, and knows nothing of
// what is kept but where its cells lie. All of it is loaded when it starts, with the page: what is asked of it under an
// alarm fetches no code, which would be that of whoever caused the alarm.

const primitives = webPrimitives(crypto)
const keys = parseReleaseKeys(pinned)

addEventListener("message", (event: MessageEvent<GuardAsked>) => {
  const { number, request } = event.data
  answer(request).then(
    (said) => postMessage({ number, answer: said } satisfies GuardSaid),
    (error: unknown) => postMessage({ number, failure: failureOf(error) } satisfies GuardSaid),
  )
})

class Unable extends Error {
  readonly failure: GuardFailure
  constructor(failure: GuardFailure) {
    super(failure)
    this.failure = failure
  }
}

async function answer(request: GuardRequest): Promise<GuardAnswers[GuardRequest["kind"]]> {
  if (request.kind === "waiting-file")
    return await waitingFile(await keptCellFiles("field"), request.after, primitives)
  if (keys === null) throw new Unable("unsigned")
  if (request.kind === "check-copy") return await checkCopy(request.files, keys, primitives)
  if (request.kind === "words" && request.file !== null) {
    try {
      const { version, hash } = await openRelease(request.file, keys, primitives.verify)
      return { version, said: keyWords("release", hash) }
    } catch (error) {
      if (error instanceof ReleaseError) return null
      throw error
    }
  }
  // A page that did not come by https has no such store.
  if ((globalThis as { readonly caches?: CacheStorage }).caches === undefined) throw new Unable("no-store")
  const ports: GuardPorts = { shelf: cacheShelf(PAGE_HEADERS), origin: fetchOrigin, keys, primitives }
  if (request.kind === "words") {
    const { installed } = await onShelf(ports)
    return installed === null
      ? null
      : { version: installed.version, said: keyWords("release", installed.hash) }
  }
  // Of two tabs, one at a time: each would take the other's half for its own.
  return await navigator.locks.request("govah-release", async () => await act(request, ports))
}

async function act(
  request: Exclude<GuardRequest, { kind: "words" | "check-copy" | "waiting-file" }>,
  ports: GuardPorts,
): Promise<ProgramShown> {
  switch (request.kind) {
    case "look":
      return shown(await look(ports, request.isThorough))
    case "take":
      await take(request.version, ports)
      return shown({ ...(await onShelf(ports)), alarm: null, reached: true })
    case "again":
      await lower(ports)
      return shown(await look(ports))
    case "other-worker": {
      const alarm = await otherWorkerFound(ports)
      return shown({ ...(await onShelf(ports)), alarm, reached: true })
    }
  }
}

function shown({ installed, ready, alarm, reached }: Looked): ProgramShown {
  return { installed: installed?.version ?? null, ready: ready?.version ?? null, alarm, reached }
}

function failureOf(error: unknown): GuardFailure {
  if (error instanceof Unable) return error.failure
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "no-room" : "unknown"
}
