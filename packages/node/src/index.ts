export { nodePrimitives } from "./node-primitives.ts"
export {
  parseSocksProxy,
  SocksError,
  type SocksErrorCode,
  type SocksProxy,
  type SocksRequest,
  socksFetch,
} from "./socks/index.ts"
