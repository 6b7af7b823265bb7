export { type WitnessKeys, witnessKeys } from "./witness-keys.ts"
export { WitnessError, type WitnessErrorCode } from "./witness-error.ts"
export { proposeWitnessWords, readWitnessWords, WITNESS_WORDS } from "./witness-words.ts"
