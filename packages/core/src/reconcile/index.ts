export {
  ELEMENT_BYTES,
  type ElementSet,
  elementCount,
  elementSet,
  lowestAbove,
  lowestOf,
  rangeOf,
  sortElements,
} from "./element-set.ts"
export {
  type Answer,
  type AskItem,
  formatAnswer,
  formatRequest,
  type ListItem,
  MAX_ANSWER_BYTES,
  MAX_REQUEST_BYTES,
  parseAnswer,
  parseRequest,
  type Request,
  SALT_BYTES,
  type SplitItem,
} from "./message.ts"
export { ReconcileError, type ReconcileErrorCode } from "./reconcile-error.ts"
export { type Differences, MAX_ANSWERS, type Reconciliation, reconcile } from "./reconciliation.ts"
export { respond } from "./respond.ts"
