import { nobleAead, noblePrimitives, type Primitives, testedAead, webAead } from "@govah/core/primitives"

/**
 * Primitives in a page or worker: plain JavaScript, and the browser's own SHA-256 and cipher where it has them. A page that did not
 * come over https or from loopback has none.
 *
 * @param web - the platform's `crypto`.
 */
export function webPrimitives(web: Crypto): Primitives {
  const plain = noblePrimitives((byteLength) => web.getRandomValues(new Uint8Array(byteLength)))
  const subtle: SubtleCrypto | undefined = web.subtle
  if (subtle === undefined) return plain
  return {
    ...plain,
    // The browser's own cipher where it has one that gives the known answers.
    ...testedAead(webAead(subtle), nobleAead),
    // It copies its input before it returns.
    sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)),
  }
}
