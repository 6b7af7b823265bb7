import { EDGE_SIGNATURES } from "../../packages/core/src/testing/edge-signatures.ts"
import { SOURCE, type Vectors } from "./seeded.ts"

export const ed25519: Vectors = {
  source: `${SOURCE} Kinds after Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs" (2020).`,
  spec: "spec/signed-line.md#signatures",
  cases: EDGE_SIGNATURES.map(({ name, valid, ...values }) => ({
    name,
    expect: valid ? "accept" : "reject:bad-signature",
    ...values,
  })),
}
