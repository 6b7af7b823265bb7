/** What a claim can be about. Closed list; labels and mappings live with the publication. */
export const MEASURES = [
  "killed",
  "injured",
  "killed-or-injured",
  "arrested",
  "disappeared",
  "shutdown",
] as const
export type Measure = (typeof MEASURES)[number]

/** Peaceful, public, expressive actions: the closed list of what may ever be called for. */
export const ACTION_KINDS = [
  "poster",
  "banner",
  "slogan",
  "leaflet",
  "chant",
  "vigil",
  "projection",
  "strike",
  "boycott",
  "online-storm",
  "statement",
] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

/** How the unit knows. */
export const BASES = ["saw", "told", "circulating"] as const
export type Basis = (typeof BASES)[number]

/** How exact a number is said to be. */
export const BOUNDS = ["exactly", "at-least", "about", "none"] as const
export type Bound = (typeof BOUNDS)[number]

/** Who is meant. */
export const GROUPS = ["protester", "bystander", "child", "state-force", "unknown", "none"] as const
export type Group = (typeof GROUPS)[number]

/** What kind of voice makes a claim. */
export const CLAIMANT_KINDS = ["official", "media", "social", "political-org", "witness", "ngo"] as const
export type ClaimantKind = (typeof CLAIMANT_KINDS)[number]

/** How narrow a place is known. */
export const PLACE_PRECISIONS = ["point", "town", "county", "province", "country"] as const
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number]

/** What the sender lets the desk publish. */
export const CONSENTS = ["all", "words", "nothing"] as const
export type Consent = (typeof CONSENTS)[number]
