export type { Context } from "./command.ts"
export { run } from "./run.ts"
