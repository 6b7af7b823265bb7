import type { CoverName } from "./cover/names.ts"

/** Under which name and icon the browser puts the app on a home screen from now on. */
export function nameApp(cover: CoverName | null): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]")
  if (link !== null) link.href = `/covers/${cover ?? "notes"}.webmanifest`
}
