import type { MemberAct } from "../../desk.ts"
import { words } from "../words/words.ts"
import { postJson } from "./client.ts"
import { desk, refresh } from "./desk.ts"
import { notice, say, sayFailure } from "./status.ts"

// What would set each act back, newest last; null where there was nothing before it. In memory: the ledger keeps the acts.
const undoable: (MemberAct | null)[] = []

/**
 * Sends one act and shows what it changed.
 *
 * @returns whether the desk took it; where not, why is already on the page.
 */
export async function act(what: MemberAct, done: string = words.value.work.saved): Promise<boolean> {
  const before = earlier(what)
  try {
    await postJson("/api/acts", what)
    await refresh()
  } catch (error) {
    sayFailure(error)
    return false
  }
  undoable.push(before)
  say(done, before !== null)
  return true
}

/** Sets the last act back by acting again. Nothing is deleted. */
export async function undo(): Promise<void> {
  const { work } = words.value
  const before = undoable.pop()
  if (before === undefined) return say(work.nothingToUndo)
  if (before === null) return say(work.cannotUndo)
  try {
    await postJson("/api/acts", before)
    await refresh()
    notice.value = { text: work.undone, tone: "plain", canUndo: false }
  } catch (error) {
    sayFailure(error)
  }
}

function earlier(what: MemberAct): MemberAct | null {
  const known = desk.value
  if (known === null) return null
  const row = "root" in what ? known.reports.find((r) => r.root === what.root) : undefined
  switch (what.kind) {
    case "graded":
      return row?.grade ? { ...what, grade: row.grade } : null
    case "placed":
      return row?.place ? { ...what, place: row.place } : null
    case "dated":
      return row?.period ? { ...what, period: row.period } : null
    // Comparing with a person cannot be undone by a key; a wrong one is answered by a note and a new invitation.
    case "confirmed-unit":
    case "noted":
      return null
    // What everybody may have read already is not taken back by a key.
    case "warning-set":
    case "bulletin-set":
      return null
    case "claim-set":
      return known.claims.find((claim) => claim.id === what.id) ?? null
    case "event-set":
      return known.events.find((event) => event.id === what.id) ?? null
    case "action-set":
      return known.actions.find((action) => action.id === what.id) ?? null
    case "story-set":
      return known.stories.find((story) => story.id === what.id) ?? null
  }
}
