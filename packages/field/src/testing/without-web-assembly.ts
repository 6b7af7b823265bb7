/** Does something as in a browser that has no WebAssembly: one in Lockdown Mode, or Tor Browser's safer levels. */
export async function withoutWebAssembly<T>(work: () => Promise<T>): Promise<T> {
  const held = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")
  if (held === undefined) throw new TypeError("there is none to take away")
  Reflect.deleteProperty(globalThis, "WebAssembly")
  try {
    return await work()
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", held)
  }
}
