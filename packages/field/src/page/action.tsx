import type { Call } from "@govah/core/bulletin"
import type { ActionKind } from "@govah/core/report"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { ReportInput } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { Select } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"

type Chosen = NonNullable<ReportInput["action"]>

/** What the person did for a campaign; null where the report is of something else. */
export interface ActionState {
  readonly chosen: Chosen | null
  readonly choose: (chosen: Chosen | null) => void
}

export function useAction(saved: Chosen | null): ActionState {
  const [chosen, choose] = useState(saved)
  return { chosen, choose }
}

const NONE = "none"

/** Whether it was an action, of which kind, and for which of the calls that were heard. */
export function ActionEntry(props: {
  readonly words: Words
  readonly action: ActionState
  readonly calls: readonly Call[]
}): JSX.Element {
  const { words, calls } = props
  const { chosen, choose } = props.action
  const texts = words.action
  const byCampaign = new Map(calls.map((call) => [call.campaign, call]))
  return (
    <Foldout
      heading={texts.heading}
      value={chosen === null ? texts.none : texts.kinds[chosen.kind]}
      note={texts.skip}
    >
      <Select<ActionKind | typeof NONE>
        id="action-kind"
        label={texts.kind}
        choices={{ [NONE]: texts.none, ...texts.kinds }}
        chosen={chosen?.kind ?? NONE}
        onChoose={(kind) => choose(kind === NONE ? null : { kind, campaign: chosen?.campaign ?? null })}
      />
      {chosen !== null && byCampaign.size === 0 && <p class="note">{texts.noCalls}</p>}
      {chosen !== null && byCampaign.size > 0 && (
        <div class="lone">
          <label class="field" for="action-call">
            {texts.call}
          </label>
          <select
            id="action-call"
            autocomplete="off"
            value={chosen.campaign ?? ""}
            onChange={(event) => {
              const call = byCampaign.get(event.currentTarget.value)
              choose({ kind: call?.action ?? chosen.kind, campaign: call?.campaign ?? null })
            }}
          >
            <option value="">{texts.noCall}</option>
            {[...byCampaign].map(([campaign, { title }]) => (
              <option key={campaign} value={campaign}>
                {title}
              </option>
            ))}
          </select>
        </div>
      )}
    </Foldout>
  )
}
