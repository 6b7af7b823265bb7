import { concatBytes } from "@govah/core/bytes"
import type { Stretch } from "@govah/core/lock"
import type { Primitives } from "@govah/core/primitives"

/** A stretch that costs nothing, and counts how often it was asked for: what a guess costs is measured in `bench/lock`. */
export interface CheapStretch {
  readonly stretch: Stretch
  calls(): number
}

export function cheapStretch({ sha256 }: Primitives): CheapStretch {
  let calls = 0
  return {
    stretch: async (passphrase, salt) => {
      calls++
      return await sha256(concatBytes(salt, passphrase))
    },
    calls: () => calls,
  }
}
