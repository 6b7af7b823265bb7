export { type FieldHome, type HomePorts, openHome, type RelaySending } from "./home.ts"
