export { SocksError, type SocksErrorCode } from "./socks-error.ts"
export { type SocksRequest, socksFetch } from "./socks-fetch.ts"
export { parseSocksProxy, type SocksProxy } from "./socks-proxy.ts"
