import type { LedgerState } from "@govah/core/ledger"
import type { GateCheck } from "../desk.ts"
import type { Room } from "../room.ts"
import { RULES } from "./rules.ts"
import { gatherSubject, type Subject } from "./subject.ts"

/** What every rule that applies says. @throws DeskError `unknown-id`. */
export async function checkGate(room: Room, id: string): Promise<readonly GateCheck[]> {
  return runRules(await gatherSubject(room, id, await publicIds(room, id)))
}

function runRules(subject: Subject): readonly GateCheck[] {
  return RULES.filter((rule) => rule.applies(subject)).map((rule) => {
    const why = rule.check(subject)
    return { rule: rule.id, ok: why === null, why: why ?? "" }
  })
}

// A story cites events, actions and claims (and other stories once they are out). What it cites is looked at first.
async function publicIds(room: Room, id: string): Promise<(cited: string) => boolean> {
  const state = room.book.state()
  const story = state.storiesById.get(id)
  const ready = new Set<string>()
  const subjects = new Set(
    (story?.paragraphs ?? []).flatMap(({ cites }) => cites.map((c) => subjectOf(state, c))),
  )
  for (const subject of subjects) {
    if (state.publicationsById.has(subject)) ready.add(subject)
    else if (state.eventsById.has(subject) || state.actionsById.has(subject)) {
      const checks = runRules(await gatherSubject(room, subject, () => false))
      if (checks.every((check) => check.ok)) ready.add(subject)
    }
  }
  return (cited) => ready.has(subjectOf(state, cited))
}

// A claim is public as part of its event.
function subjectOf(state: LedgerState, cited: string): string {
  return state.claimsById.get(cited)?.event ?? cited
}
