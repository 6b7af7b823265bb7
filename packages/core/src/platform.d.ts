// The whole outside world that core may touch without being handed it. Everything else (files, sockets, clocks,
// randomness, ciphers with a native form) comes in as an argument.

declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean })
  decode(bytes?: Uint8Array): string
}
