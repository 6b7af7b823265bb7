/** The pages. There is one address for all of them, and no history: where a person stands is in memory alone. */
export type PageName = "home" | "report" | "more"

/** How a report can be begun. */
export type Start = "photo" | "video" | "sound" | "words"
