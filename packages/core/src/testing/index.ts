export { EDGE_SIGNATURES, type EdgeSignature } from "./edge-signatures.ts"
export { type ContractCase, primitivesContract } from "./primitives-contract.ts"
export { scribbling } from "./scribbling.ts"
export { type SampleFeed, sampleFeed, type SampleWish } from "./feed-samples.ts"
