/** The small tools that can stand before the app, by the names of their manifests and icons. */
export const COVERS = ["notes", "calculator", "calendar"] as const
export type CoverName = (typeof COVERS)[number]
