export { readDraft, writeDraft } from "./draft.ts"
export {
  MAX_DRAFT_CLAIMS,
  MAX_DRAFT_LENGTH,
  parseSavedDraft,
  type SavedDay,
  type SavedDraft,
} from "./saved-draft.ts"
