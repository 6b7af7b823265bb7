import type { GuardAnswers, GuardAsked, GuardFailure, GuardRequest, GuardSaid } from "../../trust/protocol.ts"

/** The worker that judges the program. Started when it is first asked: nobody waits for it to see the page. */
export interface Guard {
  ask<K extends GuardRequest["kind"]>(request: Extract<GuardRequest, { kind: K }>): Promise<GuardAnswers[K]>
  failureOf(error: unknown): GuardFailure
  /** Starts it where it is not, so that it is as old as the page. */
  start(): void
}

class GuardError extends Error {
  readonly failure: GuardFailure
  constructor(failure: GuardFailure) {
    super(failure)
    this.failure = failure
  }
}

interface Waiting {
  resolve(answer: GuardAnswers[GuardRequest["kind"]]): void
  reject(error: GuardError): void
}

export function startGuard(): Guard {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let asked = 0

  function start(): Worker {
    const started = new Worker(new URL("../../trust/guard.worker.ts", import.meta.url), { type: "module" })
    started.addEventListener("message", ({ data }: MessageEvent<GuardSaid>) => {
      const one = waiting.get(data.number)
      waiting.delete(data.number)
      if ("answer" in data) one?.resolve(data.answer)
      else one?.reject(new GuardError(data.failure))
    })
    started.addEventListener("error", () => {
      for (const one of waiting.values()) one.reject(new GuardError("unknown"))
      waiting.clear()
    })
    return started
  }
  return {
    ask: <K extends GuardRequest["kind"]>(request: Extract<GuardRequest, { kind: K }>) =>
      new Promise<GuardAnswers[K]>((resolve, reject) => {
        worker ??= start()
        const number = ++asked
        waiting.set(number, { resolve: (answer) => resolve(answer as GuardAnswers[K]), reject })
        worker.postMessage({ number, request } satisfies GuardAsked)
      }),
    start: () => {
      worker ??= start()
    },
    failureOf: (error) => (error instanceof GuardError ? error.failure : "unknown"),
  }
}
