export { type FieldHome, type HomeRecorder, type HomePorts, openHome, type RelaySending } from "./home.ts"
