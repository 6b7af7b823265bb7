import type { Handler } from "hono"
import type { Desk } from "../../desk.ts"
import type { StateAnswer } from "../wire.ts"

/** `GET /api/state` */
export function getState(desk: Desk, canBuildArchive: boolean): Handler {
  return async (c) => {
    const reports = await desk.list()
    const state = desk.state()
    const answer: StateAnswer = {
      desk: { name: desk.name, key: desk.key, relays: desk.relays().length },
      reports,
      units: [...state.unitStandingByKey].map(([key, standing]) => ({
        key,
        standing,
        reports: reports.filter((report) => report.unit === key).length,
      })),
      claims: [...state.claimsById.values()],
      events: [...state.eventsById.values()],
      actions: [...state.actionsById.values()],
      stories: [...state.storiesById.values()],
      pictures: [...state.picturesBySha256.values()],
      publications: [...state.publicationsById.values()],
      canBuildArchive,
    }
    return c.json(answer)
  }
}
