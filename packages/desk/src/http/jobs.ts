import { HttpError } from "./http-error.ts"
import { errorAnswer } from "./routes/errors.ts"

/** Long work that the page watches. One at a time: two pulls would fetch the same cells twice. */
export interface Jobs {
  /**
   * Runs `work` and answers with its lines ({@link JobLine}) as they come. Whoever hangs up aborts it.
   *
   * @throws HttpError `busy` while another runs.
   */
  run(work: (report: (progress: unknown) => void, signal: AbortSignal) => Promise<unknown>): Response
  /** Aborts what runs, and waits until it has stopped. */
  stop(): Promise<void>
}

export function createJobs(): Jobs {
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null
  return {
    run(work) {
      if (running !== null) throw new HttpError("busy", "the desk is still busy with the last pull or build")
      const abort = new AbortController()
      const encoder = new TextEncoder()
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const say = (line: unknown): void => {
            if (!abort.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
          }
          const ended = work((progress) => say({ progress }), abort.signal)
            .then((done) => say({ done }))
            .catch((failure: unknown) => say({ failed: errorAnswer(failure).answer }))
            .finally(() => {
              running = null
              if (!abort.signal.aborted) controller.close()
            })
          running = { abort, ended }
        },
        cancel() {
          abort.abort()
        },
      })
      return new Response(body, { headers: { "content-type": "application/x-ndjson; charset=utf-8" } })
    },
    async stop() {
      running?.abort.abort()
      await running?.ended
    },
  }
}
