export { type FieldHome, type HomeRecorder, type HomePorts, openHome } from "./home.ts"
