export { isStrictPoint } from "./ed25519.ts"
export { noblePrimitives } from "./noble.ts"
export type { Awaitable, Hasher, Primitives } from "./primitives.ts"
