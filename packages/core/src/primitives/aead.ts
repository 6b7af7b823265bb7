import { equalBytes, fromHex, utf8Bytes } from "../bytes/index.ts"
import type { Awaitable, Primitives } from "./primitives.ts"

/** One implementation of ChaCha20-Poly1305 (RFC 8439), as a platform lends it. */
export type Aead = Required<Pick<Primitives, "aeadSeal" | "aeadOpen" | "aeadInFlight">> &
  Pick<Primitives, "aeadHold">

/**
 * Whether an implementation gives the known answers, for a short message and for a whole chunk, and refuses what was
 * changed. An answer at once where the implementation answers at once.
 *
 * Source: RFC 8439 section 2.4.2 for the short ciphertext, its tag and the long one's by OpenSSL and noble alike.
 */
export function aeadSelfTest(aead: Aead): Awaitable<boolean> {
  try {
    const answers = [
      aead.aeadSeal(KEY, NONCE, SHORT),
      aead.aeadOpen(KEY, NONCE, SHORT_SEALED),
      aead.aeadOpen(KEY, NONCE, changed(SHORT_SEALED, 3)),
      aead.aeadOpen(KEY, NONCE, changed(SHORT_SEALED, SHORT_SEALED.length - 1)),
      aead.aeadOpen(KEY, NONCE, SHORT_SEALED.subarray(0, 15)),
      aead.aeadSeal(KEY, NONCE, LONG),
    ]
    if (!answers.some((answer) => answer instanceof Promise)) return asKnown(answers as Answers)
    return Promise.all(answers.map(async (answer) => await answer)).then(asKnown, () => false)
  } catch {
    return false
  }
}

/** The first implementation that passes {@link aeadSelfTest}. @throws Error where none does: then nothing may be sealed. */
export async function chooseAead(candidates: readonly Aead[]): Promise<Aead> {
  for (const candidate of candidates) if (await aeadSelfTest(candidate)) return candidate
  throw new Error("no cipher on this platform gives the known answers")
}

/**
 * `preferred` where it passes its self-test, else `fallback`; tested once, at the first use.
 *
 * For a platform whose cipher answers later while its primitives are wanted now.
 */
export function testedAead(preferred: Aead, fallback: Aead): Aead {
  let chosen: Aead | null = null
  let choosing: Promise<Aead> | null = null
  const choose = async (): Promise<Aead> => {
    choosing ??= chooseAead([preferred, fallback])
    chosen = await choosing
    return chosen
  }
  return {
    // Chunks are begun before the choice is made: both kinds take as many at a time as the better one.
    aeadInFlight: Math.max(preferred.aeadInFlight, fallback.aeadInFlight),
    aeadHold: (key) => {
      if (chosen !== null) return chosen.aeadHold?.(key) ?? ((): void => {})
      let end: (() => void) | undefined
      let ended = false
      choose().then(
        (aead) => {
          if (!ended) end = aead.aeadHold?.(key)
        },
        // The calls that need it say so.
        () => {},
      )
      return () => {
        ended = true
        end?.()
      }
    },
    aeadSeal: (key, nonce, plaintext, into) => {
      if (chosen !== null) return chosen.aeadSeal(key, nonce, plaintext, into)
      // What is passed in belongs to the caller again when this returns.
      const kept = [key.slice(), nonce.slice(), plaintext.slice()] as const
      return choose().then(async (aead) => await aead.aeadSeal(...kept))
    },
    aeadOpen: (key, nonce, ciphertext, into) => {
      if (chosen !== null) return chosen.aeadOpen(key, nonce, ciphertext, into)
      const kept = [key.slice(), nonce.slice(), ciphertext.slice()] as const
      return choose().then(async (aead) => await aead.aeadOpen(...kept))
    },
  }
}

type Answers = readonly (Uint8Array | null)[]

function asKnown([sealed, opened, flipped, wrongTag, cut, long]: Answers): boolean {
  return (
    is(sealed, SHORT_SEALED) &&
    is(opened, SHORT) &&
    flipped === null &&
    wrongTag === null &&
    cut === null &&
    long?.length === LONG.length + 16 &&
    is(long.subarray(LONG.length), LONG_TAG)
  )
}

function is(answer: Uint8Array | null | undefined, known: Uint8Array): boolean {
  return answer !== null && answer !== undefined && equalBytes(answer, known)
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

function hex(text: string): Uint8Array {
  return fromHex(text) as Uint8Array
}

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i)
const NONCE = hex("000000000000004a00000000")
const SHORT = utf8Bytes(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
)
const SHORT_SEALED = hex(
  "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab" +
    "8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42" +
    "874d81db63fcb189a03121ae0ac72a3f1f36",
)
const LONG = new Uint8Array(65_536).map((_, i) => i * 31)
const LONG_TAG = hex("0182133a680a9de96d92cc7160917c3e")
