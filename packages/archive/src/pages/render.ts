import { LANGUAGES } from "@govah/core/publication"
import type { Files } from "../replace-folder.ts"
import { aboutPage } from "./about-page.ts"
import { claimsPage } from "./claims-page.ts"
import { doorPage } from "./door-page.ts"
import { eventPage } from "./event-page.ts"
import { frontPage } from "./front-page.ts"
import { type Scene, sceneOf } from "./page.ts"
import { fileName, type Site } from "./site.ts"
import { storiesPage, storyPage } from "./story-page.ts"
import { verifyPage } from "./verify-page.ts"
import { townPage, wallPage } from "./wall-page.ts"

/** Every page of a site, by path. The same site gives the same bytes. */
export function renderPages(site: Site): Files {
  const files = new Map<string, Uint8Array>([["index.html", doorPage(site)]])
  for (const language of LANGUAGES) {
    const put = (path: string, render: (scene: Scene) => Uint8Array): void =>
      void files.set(`${language}/${path}`, render(sceneOf(site, language, path)))
    put("index.html", frontPage)
    put("claims.html", claimsPage)
    put("wall.html", wallPage)
    put("stories.html", storiesPage)
    put("verify.html", verifyPage)
    put("about.html", aboutPage)
    for (const event of site.events)
      put(`event/${fileName(event.id)}.html`, (scene) => eventPage(scene, event))
    for (const town of site.towns) put(`town/${town.file}.html`, (scene) => townPage(scene, town))
    for (const story of site.stories)
      put(`story/${fileName(story.id)}.html`, (scene) => storyPage(scene, story))
  }
  return files
}
