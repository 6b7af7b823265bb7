import type { ActOf, PublicationState, UnitStanding } from "@govah/core/ledger"
import type { PullProgress, PullSummary, ReportRow } from "../desk.ts"

/** A unit as the list of people shows it. */
export interface UnitLine {
  /** Verify key, base64url of 32 B. */
  readonly key: string
  readonly standing: UnitStanding
  readonly reports: number
}

/** Answer to `GET /api/state`: everything that the page lists. What a report says in full is asked for one by one. */
export interface StateAnswer {
  readonly desk: { readonly name: string; readonly key: string; readonly relays: number }
  readonly reports: readonly ReportRow[]
  readonly units: readonly UnitLine[]
  readonly claims: readonly ActOf<"claim-set">[]
  readonly events: readonly ActOf<"event-set">[]
  readonly actions: readonly ActOf<"action-set">[]
  readonly stories: readonly ActOf<"story-set">[]
  readonly pictures: readonly ActOf<"picture-made">[]
  readonly publications: readonly PublicationState[]
  /** Whether this server was given something that builds the archive. */
  readonly canBuildArchive: boolean
}

/** Every refusal: a code from a closed list, and one English sentence for whoever reads the log. */
export interface ErrorAnswer {
  readonly error: string
  readonly message: string
}

/** Body of `POST /api/pictures`. */
export interface PictureBody {
  readonly root: string
  readonly attachment: number
  readonly source: "photo" | "still"
  readonly subject: string
  readonly caption: { readonly fa: string; readonly en: string }
  readonly reviewed: boolean
  /** A JPEG made in the page, in standard base64; null for the attachment itself. */
  readonly jpegBase64: string | null
}

/** One line of a long job's answer (newline-delimited JSON): progress, then either what it did or why it failed. */
export type JobLine<Progress, Done> =
  | { readonly progress: Progress }
  | { readonly done: Done }
  | { readonly failed: ErrorAnswer }

export type PullLine = JobLine<PullProgress, PullSummary>
export type ArchiveLine = JobLine<never, { readonly folder: string }>
