import type { CustodyStep } from "@govah/core/ledger"
import type { JSX } from "preact"
import { number, words } from "../words/words.ts"
import { moment } from "../words/time.ts"

/** The chain of custody as a time line, oldest first. Each step is a signed entry that cannot be changed. */
export function CustodyLine({ steps }: { readonly steps: readonly CustodyStep[] }): JSX.Element {
  const { item, custody } = words.value
  return (
    <section aria-labelledby="custody-title">
      <h2 id="custody-title">{item.custody}</h2>
      <ol class="custody">
        {steps.map((step) => (
          <li key={step.entryHash}>
            <time dateTime={new Date(step.atMs).toISOString()}>{moment(step.atMs)}</time>
            <span>
              {whatWords(step)}
              {step.from !== null && (
                <span class="hint">
                  {" "}
                  {custody.from[step.from.startsWith("file ") ? "file" : "relay"]}{" "}
                  <bdi>{step.from.replace(/^(file|relay) /, "")}</bdi>
                </span>
              )}
            </span>
            <span class="hint mono" title={step.entryHash}>
              {item.entry(number(step.entry))} · <bdi>{step.entryHash.slice(0, 8)}</bdi>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function whatWords({ what, detail }: CustodyStep): string {
  const { custody } = words.value
  switch (what) {
    case "received":
      return detail === "bad" ? custody.receivedBad : custody.received
    case "received-part": {
      const [part, signature] = (detail ?? "").split(" ")
      return part === "closing"
        ? custody.closing(signature === "bad")
        : custody.provisional(signature === "bad")
    }
    case "completed":
      return custody.completed(number(Number(detail)))
    case "graded":
    case "claim-set":
    case "action-set":
      return custody[what](detail ?? "")
    case "unreadable":
    case "carried":
    case "placed":
    case "dated":
    case "noted":
    case "picture-made":
      return custody[what]
    default:
      return what
  }
}
