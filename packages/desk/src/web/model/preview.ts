import type { Claim, Picture, Publication } from "@govah/core/publication"
import type { StateAnswer } from "../../http/wire.ts"
import { countSources } from "../../publish/count-sources.ts"

/** What an event, an action or a story would say in public, as the desk's own draft has it; null where there is none. */
export function previewOf(known: StateAnswer, id: string): Publication | null {
  const revision = (known.publications.find((p) => p.id === id)?.revision ?? 0) + 1
  const event = known.events.find((e) => e.id === id)
  if (event !== undefined) {
    const { title, period, place, note } = event
    const claims = known.claims
      .filter((claim) => claim.event === id)
      .map((claim) => publicClaim(known, claim))
    return {
      v: 1,
      type: "event",
      id,
      revision,
      title,
      period,
      place,
      claims,
      note,
      pictures: picturesOf(known, id),
    }
  }
  const action = known.actions.find((a) => a.id === id)
  if (action !== undefined) {
    const { action: kind, period, place, words, campaign } = action
    return {
      v: 1,
      type: "action",
      id,
      revision,
      kind,
      period,
      place,
      words,
      campaign,
      pictures: picturesOf(known, id),
    }
  }
  const story = known.stories.find((s) => s.id === id)
  if (story === undefined) return null
  const { title, period, paragraphs } = story
  return { v: 1, type: "story", id, revision, title, period, paragraphs }
}

function publicClaim(known: StateAnswer, claim: StateAnswer["claims"][number]): Claim {
  const { kind: _kind, event: _event, supports, ...rest } = claim
  const senders = supports.map((root) => {
    const row = known.reports.find((r) => r.root === root)
    return { unit: row?.unit ?? root, standing: row?.unitStanding ?? "unknown" }
  })
  return { ...rest, reportingUnits: Math.max(1, countSources(senders)) }
}

function picturesOf(known: StateAnswer, subject: string): Picture[] {
  return known.pictures
    .filter((picture) => picture.subject === subject)
    .map(({ sha256, width, height, caption, source }) => ({
      sha256,
      mediaType: "image/jpeg",
      width,
      height,
      caption,
      source,
    }))
}
