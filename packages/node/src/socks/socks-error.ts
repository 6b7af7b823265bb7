/**
 * Why nothing went through a proxy. `proxy-down`: nobody answers at its address, or what answers is no SOCKS5 proxy.
 * `no-route`: the proxy answers, and does not reach the other end.
 */
export type SocksErrorCode = "proxy-down" | "no-route"

/** A request that did not go by the proxy, and therefore did not go at all. */
export class SocksError extends Error {
  override readonly name = "SocksError"
  readonly code: SocksErrorCode
  constructor(code: SocksErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
