import type { QueueShown } from "../engine/courier.ts"
import type { Failure } from "../engine/failure.ts"
import type { Answers, Asked, KeepingShown, Request, Said, Standing } from "../engine/protocol.ts"

/** What the engine says instead of an answer. */
export class FailureError extends Error {
  override readonly name = "FailureError"
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure)
    this.failure = failure
  }
}

/** The worker that seals, keeps and sends. */
export interface Engine {
  /** @param given - what the engine owns from now on, and the page no longer has. @throws FailureError. */
  ask<K extends Request["kind"]>(
    request: Extract<Request, { kind: K }>,
    given?: readonly ArrayBuffer[],
  ): Promise<Answers[K]>
  /**
   * Ends the worker, and what it holds with it; another starts when something is asked. What was asked fails with `locked`.
   */
  restart(): void
  /** Resolves when the worker runs that was asked last; stays open where it never comes. */
  begun(): Promise<void>
  /** Set to hear what the queue is doing. */
  onQueue: (queue: QueueShown) => void
  /** Set to hear that what is stored has changed without a request. */
  onStanding: (standing: Standing) => void
  /** Set to hear how far the sealing of a report has come. */
  onKeeping: (keeping: KeepingShown) => void
  /** Set to hear what came from the desk without being asked for. */
  onHeard: (heard: { readonly arrived: number; readonly failures: readonly Failure[] }) => void
}

interface Waiting {
  resolve(answer: Answers[Request["kind"]]): void
  reject(error: FailureError): void
}

/** Starts a worker. Should it die, everything that was asked and all that will be fails; what was kept is kept. */
export function startEngine(lend: (worker: Worker) => void = () => undefined): Engine {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let dead = false
  let begin: () => void = () => undefined
  let begun: Promise<void> = Promise.resolve()
  let worker: Worker | null = start()
  const engine: Engine = {
    ask: <K extends Request["kind"]>(
      request: Extract<Request, { kind: K }>,
      given: readonly ArrayBuffer[] = [],
    ) =>
      new Promise<Answers[K]>((resolve, reject) => {
        if (dead) return reject(new FailureError("unknown"))
        const number = ++asked
        waiting.set(number, { resolve: (answer) => resolve(answer as Answers[K]), reject })
        worker ??= start()
        worker.postMessage({ number, request } satisfies Asked, [...given])
      }),
    restart: () => {
      worker?.terminate()
      failAll("locked")
      dead = false
      // Not before it is needed: where an alarm was the reason, its code might be fetched from whoever caused it.
      worker = null
    },
    begun: () => begun,
    onQueue: () => undefined,
    onStanding: () => undefined,
    onKeeping: () => undefined,
    onHeard: () => undefined,
  }
  function failAll(failure: Failure): void {
    for (const one of waiting.values()) one.reject(new FailureError(failure))
    waiting.clear()
  }
  function start(): Worker {
    const started = new Worker(new URL("../engine/engine.worker.ts", import.meta.url), { type: "module" })
    begun = new Promise((resolve) => (begin = resolve))
    lend(started)
    started.addEventListener("message", ({ data }: MessageEvent<Said>) => {
      // What a worker that was ended had already said is about things that are locked.
      if (started !== worker) return
      if ("begun" in data) return begin()
      if ("queue" in data) return engine.onQueue(data.queue)
      if ("standing" in data) return engine.onStanding(data.standing)
      if ("keeping" in data) return engine.onKeeping(data.keeping)
      if ("heard" in data) return engine.onHeard(data.heard)
      const one = waiting.get(data.number)
      waiting.delete(data.number)
      if ("answer" in data) one?.resolve(data.answer)
      else one?.reject(new FailureError(data.failure))
    })
    started.addEventListener("error", () => {
      if (started !== worker) return
      dead = true
      failAll("unknown")
    })
    return started
  }
  return engine
}
