export { nodePrimitives } from "./node-primitives.ts"
