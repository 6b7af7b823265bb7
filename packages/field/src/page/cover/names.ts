/** The small tools that can stand before the app, by the names of their manifests and icons. */
export const COVERS = ["notes", "calculator", "calendar"] as const
/** What is written into the notes of the cover, in the clear. */
export const NOTES_FILE = "notes"
export type CoverName = (typeof COVERS)[number]
