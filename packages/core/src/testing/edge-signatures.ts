/** A signature that verifiers are known to disagree about, and what ours must all say. Values in hex. */
export interface EdgeSignature {
  readonly name: string
  readonly valid: boolean
  readonly key: string
  readonly message: string
  readonly signature: string
}

const KEY = "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1"
const MESSAGE = "6f6e65207265706f72742c2074776f2072656164657273"
const R = "ef4f62f8479733ad879cfaced3c89a9c39dd4fc795ef2efa1c3eafe4d729a081"
const S = "7c54a26682ed5c7fbd22fa3f6aec435739e721d4fcddce5f6e1674c6576cc902"
const IDENTITY = `01${"00".repeat(31)}`
const IDENTITY_UNREDUCED = `ee${"ff".repeat(30)}7f`
const ORDER_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
// 5·B and 5: a signature under a key that adds nothing.
const FIVE = `edc876d6831fd2105d0b4389ca2e283166469289146e2ce06faefe98b22548df05${"00".repeat(31)}`

/**
 * Made for this project from the seed of 32 bytes 03 (nonces chosen by hand), after the kinds that Chalkias, Garillot
 * and Nikolaenko list in "Taming the many EdDSAs" (2020). Those marked so are accepted under ZIP 215.
 */
export const EDGE_SIGNATURES: readonly EdgeSignature[] = [
  { name: "a plain signature", valid: true, key: KEY, message: MESSAGE, signature: R + S },
  {
    name: "a key with a torsion part that the equation without cofactor accepts",
    valid: true,
    key: "46fb8abfcbc7dac11410f606ecea5ebf72c830439f2a6e1a8632c1fb6df2f6ff",
    message: MESSAGE,
    signature:
      "a403aa1c2dab5fe95e847d50a048025936aefb12b6af10a13d462bd792c93a51b3218a7e2d38e5348e477ecc71ef5710e10aec59467ada845406ab719736ff02",
  },
  {
    name: "the same key, accepted with the cofactor alone (ZIP 215)",
    valid: false,
    key: "46fb8abfcbc7dac11410f606ecea5ebf72c830439f2a6e1a8632c1fb6df2f6ff",
    message: MESSAGE,
    signature:
      "c581fda28ec7694c252b376c755ba228899a7608318b3160a9bd14d4cda05ec0e02b16521c097be2cd0cb5166bafdffd03d80dbfddbeb3927a746d3961f5fd0e",
  },
  {
    name: "R with a torsion part, accepted with the cofactor alone (ZIP 215)",
    valid: false,
    key: KEY,
    message: MESSAGE,
    signature:
      "cdbc161be64c4302f56443ff29ccf36a2075be1a1fa67ff126b56315f5681c3878f6f19f4f1f9db93d21cf8bbb7119574d379cab8ff3f1c844137fd6bf16d403",
  },
  {
    name: "S beyond the group order: a second signature made by a stranger",
    valid: false,
    key: KEY,
    message: MESSAGE,
    signature: `${R}692898c39c506fd793bff1e248e6226c39e721d4fcddce5f6e1674c6576cc912`,
  },
  {
    name: "R of small order (ZIP 215)",
    valid: false,
    key: KEY,
    message: MESSAGE,
    signature: `${IDENTITY}2640e8770a1978bbbdac17d25418164eabe0824666dca802416b0ce98c35390d`,
  },
  {
    name: "R of small order, spelt with y above the prime",
    valid: false,
    key: KEY,
    message: MESSAGE,
    signature: `${IDENTITY_UNREDUCED}0b393a06959eb8b25dd2bd9dc851593a82ec036c7f93118195685914e9523c03`,
  },
  {
    name: "the identity as key: signs every message (ZIP 215)",
    valid: false,
    key: IDENTITY,
    message: MESSAGE,
    signature: FIVE,
  },
  {
    name: "the identity as key, with the sign bit (ZIP 215)",
    valid: false,
    key: `01${"00".repeat(30)}80`,
    message: MESSAGE,
    signature: FIVE,
  },
  {
    name: "the identity as key, spelt with y above the prime (ZIP 215)",
    valid: false,
    key: IDENTITY_UNREDUCED,
    message: MESSAGE,
    signature: FIVE,
  },
  {
    name: "identity, identity and zero (ZIP 215)",
    valid: false,
    key: IDENTITY,
    message: MESSAGE,
    signature: IDENTITY + "00".repeat(32),
  },
  {
    name: "a key of order 8 (ZIP 215)",
    valid: false,
    key: ORDER_8,
    message: MESSAGE,
    signature: `eb2767c137ab7ad8279c078eff116ab0786ead3a2e0f989f72c37f82f296967010${"00".repeat(31)}`,
  },
  {
    name: "a key that is no point",
    valid: false,
    key: `02${"00".repeat(31)}`,
    message: MESSAGE,
    signature: R + S,
  },
  { name: "another message", valid: false, key: KEY, message: `${MESSAGE}00`, signature: R + S },
  { name: "R and S changed places", valid: false, key: KEY, message: MESSAGE, signature: S + R },
  { name: "63 bytes", valid: false, key: KEY, message: MESSAGE, signature: (R + S).slice(0, -2) },
  { name: "65 bytes", valid: false, key: KEY, message: MESSAGE, signature: `${R}${S}00` },
  { name: "no bytes", valid: false, key: KEY, message: MESSAGE, signature: "" },
  { name: "a key of 31 bytes", valid: false, key: KEY.slice(0, -2), message: MESSAGE, signature: R + S },
  { name: "a key of 33 bytes", valid: false, key: `${KEY}00`, message: MESSAGE, signature: R + S },
]
