import type { CellId } from "@govah/core/cell"
import { type ActOf, type LedgerState, reportOf } from "@govah/core/ledger"
import type { Claim, Picture, Publication } from "@govah/core/publication"
import { countSources } from "./count-sources.ts"
import { DeskError } from "../desk-error.ts"

/**
 * What an event, an action or a story would say in public, from the ledger alone. Nothing is checked here: the gate does.
 *
 * @throws DeskError `unknown-id`.
 */
export function draftPublication(state: LedgerState, id: string, revision: number): Publication {
  const event = state.eventsById.get(id)
  if (event !== undefined) return draftEvent(state, event, revision)
  const action = state.actionsById.get(id)
  if (action !== undefined) {
    const { period, place, words, campaign } = action
    const pictures = picturesOf(state, id).map(publicPicture)
    return {
      v: 1,
      type: "action",
      id,
      revision,
      kind: action.action,
      period,
      place,
      words,
      campaign,
      pictures,
    }
  }
  const story = state.storiesById.get(id)
  if (story !== undefined) {
    const { title, period, paragraphs } = story
    return { v: 1, type: "story", id, revision, title, period, paragraphs }
  }
  throw new DeskError("unknown-id", `there is no event, action or story ${id}`)
}

/** Claims about an event, in the order in which they were first made. */
export function claimsOf(state: LedgerState, event: string): readonly ActOf<"claim-set">[] {
  return [...state.claimsById.values()].filter((claim) => claim.event === event)
}

/** Pictures made for an event or an action. */
export function picturesOf(state: LedgerState, subject: string): readonly ActOf<"picture-made">[] {
  return [...state.picturesBySha256.values()].filter((picture) => picture.subject === subject)
}

function draftEvent(state: LedgerState, event: ActOf<"event-set">, revision: number): Publication {
  const { id, title, period, place, note } = event
  const claims = claimsOf(state, id).map((claim) => publicClaim(state, claim))
  const pictures = picturesOf(state, id).map(publicPicture)
  return { v: 1, type: "event", id, revision, title, period, place, claims, note, pictures }
}

function publicClaim(state: LedgerState, act: ActOf<"claim-set">): Claim {
  const { kind: _kind, event: _event, supports, ...claim } = act
  return { ...claim, reportingUnits: Math.max(1, reportingUnitsOf(state, supports)) }
}

function reportingUnitsOf(state: LedgerState, supports: readonly string[]): number {
  return countSources(
    supports.map((root) => {
      const report = reportOf(state, root as CellId)
      const standing = report?.unit ? state.unitStandingByKey.get(report.unit) : undefined
      return { unit: report?.unit ?? root, standing: standing ?? "unknown" }
    }),
  )
}

function publicPicture(act: ActOf<"picture-made">): Picture {
  const { sha256, width, height, caption, source } = act
  return { sha256, mediaType: "image/jpeg", width, height, caption, source }
}
