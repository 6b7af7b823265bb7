import { type Signal, signal } from "@preact/signals"
import type { MemberAct, ReportView } from "../../desk.ts"
import { pane } from "./desk.ts"

type ActOf<K extends MemberAct["kind"]> = Extract<MemberAct, { readonly kind: K }>

/** What is being written. `isNew` decides whether its short name can still be chosen. */
export type Editing =
  | {
      readonly form: "claim"
      readonly draft: ActOf<"claim-set">
      readonly isNew: boolean
      readonly fromReport: boolean
    }
  | {
      readonly form: "event"
      readonly draft: ActOf<"event-set">
      readonly isNew: boolean
      readonly fromReport: boolean
    }
  | {
      readonly form: "action"
      readonly draft: ActOf<"action-set">
      readonly isNew: boolean
      readonly fromReport: boolean
    }
  | { readonly form: "story"; readonly draft: ActOf<"story-set">; readonly isNew: boolean }
  | { readonly form: "place"; readonly draft: ActOf<"placed"> }
  | { readonly form: "date"; readonly draft: ActOf<"dated"> }
  | { readonly form: "note"; readonly draft: ActOf<"noted"> }
  | {
      readonly form: "picture"
      readonly report: ReportView
      readonly attachment: number
      readonly picture: SourcePicture
    }

/** What a public copy is made from: the photo as it came, or a frame that was drawn from a video. */
export interface SourcePicture {
  readonly source: "photo" | "still"
  readonly blob: Blob
}

/** What is being written, the newest last: from a claim one can go and make its event, and come back. */
export const editing: Signal<readonly Editing[]> = signal([])
/** Whether the form at the top holds something that was typed and not saved. */
export const dirty: Signal<boolean> = signal(false)

/** Opens a form. On a narrow screen it takes the list's place. */
export function edit(next: Editing): void {
  editing.value = [...editing.value, next]
  dirty.value = false
  pane.value = "list"
}

/** Keeps what was typed in the form at the top, so that it is there when it comes back. */
export function keepDraft(kept: Editing): void {
  editing.value = [...editing.value.slice(0, -1), kept]
}

/** Closes the form at the top. */
export function closeForm(): void {
  editing.value = editing.value.slice(0, -1)
  dirty.value = false
}
