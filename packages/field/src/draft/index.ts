export { readDraft, writeDraft } from "./draft.ts"
