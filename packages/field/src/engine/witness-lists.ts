// A part of its own that the engine loads only for a witness.
export { proposeWitnessWords, readWitnessWords, WitnessError, witnessKeys } from "@govah/core/witness"
