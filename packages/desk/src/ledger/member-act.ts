import { type Act, ActSchema, type LedgerState, reportOf } from "@govah/core/ledger"
import type { CellId } from "@govah/core/cell"
import * as v from "valibot"
import { DeskError } from "../desk-error.ts"
import { checkSaid } from "../feed/standing.ts"
import type { MemberAct } from "../desk.ts"

const MEMBER_KINDS: readonly string[] = [
  "confirmed-unit",
  "graded",
  "placed",
  "dated",
  "noted",
  "claim-set",
  "event-set",
  "action-set",
  "story-set",
  "warning-set",
  "bulletin-set",
] satisfies MemberAct["kind"][]

/**
 * An act as a member asks for it, of the right shape and kind.
 *
 * @param asked - from a page or a command: untrusted.
 * @throws DeskError `bad-act`, naming the field.
 */
export function parseMemberAct(asked: unknown): MemberAct {
  const parsed = v.safeParse(ActSchema, asked)
  if (!parsed.success) {
    throw new DeskError("bad-act", `the act's ${v.getDotPath(parsed.issues[0]) ?? "shape"} is not right`)
  }
  if (!MEMBER_KINDS.includes(parsed.output.kind)) {
    throw new DeskError("bad-act", `${parsed.output.kind} is written by the desk alone`)
  }
  return parsed.output as MemberAct
}

/**
 * Checks an act against what the ledger holds: whatever it names exists, and no id means two things.
 *
 * @throws DeskError `unknown-root`, `unknown-id`, `id-taken`.
 */
export function checkMemberAct(act: MemberAct, state: LedgerState): void {
  switch (act.kind) {
    case "confirmed-unit":
      if (!state.unitStandingByKey.has(act.unit))
        throw new DeskError("unknown-id", "no such unit has written")
      break
    case "graded":
    case "placed":
    case "dated":
    case "noted":
      requireRoots([act.root], state)
      break
    case "claim-set":
      requireRoots(act.supports, state)
      requireFree(act.id, state.claimsById, state)
      if (!state.eventsById.has(act.event))
        throw new DeskError("unknown-id", `there is no event ${act.event}`)
      break
    case "event-set":
      requireFree(act.id, state.eventsById, state)
      break
    case "action-set":
      requireRoots(act.supports, state)
      requireFree(act.id, state.actionsById, state)
      break
    case "story-set":
      requireFree(act.id, state.storiesById, state)
      for (const id of act.paragraphs.flatMap((paragraph) => paragraph.cites)) {
        if (id === act.id || !isTaken(id, state)) {
          throw new DeskError("unknown-id", `the story cites ${id}, which does not exist`)
        }
      }
      break
    case "warning-set":
    case "bulletin-set":
      checkSaid(act)
      break
  }
}

/** Whether an id names an event, an action, a story or a claim. */
export function isTaken(id: string, state: LedgerState): boolean {
  return spaces(state).some((ids) => ids.has(id))
}

type IdSpace = ReadonlyMap<string, Act>

function spaces(state: LedgerState): readonly IdSpace[] {
  return [state.eventsById, state.actionsById, state.storiesById, state.claimsById]
}

function requireFree(id: string, own: IdSpace, state: LedgerState): void {
  for (const ids of spaces(state)) {
    if (ids !== own && ids.has(id)) throw new DeskError("id-taken", `${id} already names something else`)
    // File systems that fold case would make one page of two ids.
    for (const other of ids.keys()) {
      if (other !== id && other.toLowerCase() === id.toLowerCase()) {
        throw new DeskError("id-taken", `${id} differs from ${other} by case alone`)
      }
    }
  }
}

function requireRoots(roots: readonly string[], state: LedgerState): void {
  for (const root of roots) {
    if (reportOf(state, root as CellId) === undefined) {
      throw new DeskError("unknown-root", `there is no report ${root.slice(0, 12)}`)
    }
  }
}
