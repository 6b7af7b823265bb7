import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, onTestFinished } from "vitest"
import { freshFolder, makeDesk, startRelay } from "../field-support.ts"
import type { BrowserProcess } from "./browser-process.ts"
import { type BrowserTree, makeBrowserTree } from "./browser-tree.ts"
import { startChromium } from "./chromium.ts"
import { joinByHand, keepByHand, tellByHand } from "./field-visit.ts"
import { startFirefox } from "./firefox.ts"
import type { Hands } from "./hands.ts"
import { makeMarks } from "./marks.ts"
import { sendNaively, startNaiveSite, useNaively } from "./naive-site.ts"
import { type Found, makeTreeSearch, searchImage, type TreeSearch } from "./search-tree.ts"

/** A browser of either kind that keeps to its tree. */
interface TreeBrowser extends BrowserProcess {
  open(): Promise<Hands>
  close(): Promise<void>
}

/** How each browser is started, and what is known of it. */
interface Kind {
  start(tree: BrowserTree): Promise<TreeBrowser>
  /** Sinks that it does not have, or not so: measured, and written down in `docs/measurements/leak.md`. */
  readonly without: readonly string[]
}

export const BROWSERS: { readonly [name in "chromium" | "firefox"]: Kind } = {
  chromium: {
    start: (tree) => startChromium(tree),
    without: [],
  },
  firefox: {
    start: (tree) => startFirefox(tree),
    without: ["file name", "IndexedDB, deleted", "form, autocomplete off"],
  },
}
export type BrowserName = keyof typeof BROWSERS

/** A browser in which the field's page and a naive one were both told things, each its own. */
export interface LeakRun {
  readonly tree: BrowserTree
  readonly browser: TreeBrowser
  /** That the field's page proposed, and that was typed. */
  readonly passphrase: string
  /** A new word that the field's page alone is told. */
  fieldWords(name: string): string
  /** Tells the naive page once more, in all its sinks, in new words. */
  sayNaively(hands: Hands, when: string): Promise<void>
  /** Where the field's words and pictures were found; what must be empty. */
  fieldTraces(): readonly string[]
  /** Sinks in which the naive page's words were not found yet, though the browser has them; what must become empty. */
  sinksMissed(): readonly string[]
  /** All places, and the forms, in which the naive page's words are. */
  naiveTraces(): Found
  /** What of either page is on a raw disk, deleted or not. */
  searchRaw(image: Buffer): { readonly field: readonly string[]; readonly naive: readonly string[] }
}

const WIDE = /wide|history state|localStorage/

/**
 * Tells the field's page three reports that are kept and sent and a fourth that is left unsaid, then tells the naive page as
 * much, and waits until the disk has all of the latter: by then it would have the former too.
 */
export async function leakRun(name: BrowserName, site: string, under?: string): Promise<LeakRun> {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const tree = await makeBrowserTree(under)
  const marks = makeMarks()
  const naive = (sink: string): string => (WIDE.test(sink) ? marks.persian : marks.latin)(`naive: ${sink}`)
  const naiveSite = await startNaiveSite(naive)
  onTestFinished(() => naiveSite.close())
  const picture = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(40_000)])
  const file = join(folder, `${naive("file name")}.jpg`)
  await writeFile(file, picture)
  const ownFile = join(folder, `${marks.latin("field: file name")}.jpg`)
  const ownPicture = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(40_000)])
  await writeFile(ownFile, ownPicture)

  const browser = await BROWSERS[name].start(tree)
  onTestFinished(async () => {
    await browser.kill()
    await tree.remove()
  })
  const told = (report: string): { words: string; place: string; province: string } => ({
    words: `${marks.latin(`field: ${report} words`)} ${marks.persian(`field: ${report} Persian words`)}`,
    place: marks.persian(`field: ${report} place`),
    province: marks.latin(`field: ${report} province`),
  })
  const field = await browser.open()
  const passphrase = await joinByHand(field, site, await desk.invite())
  marks.given("field: passphrase", passphrase)
  await tellByHand(field, { ...told("photographed"), take: "photo" })
  await keepByHand(field)
  await tellByHand(field, { ...told("filmed"), take: "video" })
  await keepByHand(field)
  await tellByHand(field, { ...told("chosen"), file: ownFile })
  await keepByHand(field)
  await tellByHand(field, { ...told("unsaid"), take: "photo" })

  const opened = await desk.pull(relay)
  expect(opened.length).toBe(3)
  for (const { report, attachments } of opened)
    for (const { type, bytes } of attachments)
      marks.media(`field: ${type} of ${report.text.slice(0, 22)}`, bytes)
  for (const type of ["image/jpeg", "video/"])
    expect(marks.names().some((mark) => mark.startsWith(`field: ${type}`))).toBe(true)

  const stored = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(40_000)])
  marks.media("naive: OPFS, picture", stored)
  await useNaively(await browser.open(), naiveSite, naive, file, stored)
  await sendNaively(await browser.open(), naiveSite, naive)

  let searched = 0
  let search: TreeSearch
  const look = (): readonly (readonly [mark: string, places: ReadonlySet<string>])[] => {
    const words = marks.names().length
    if (words !== searched) search = makeTreeSearch(tree.root, marks.needles())
    searched = words
    return [...search.look()]
  }
  const caught = new Set<string>()
  const { without } = BROWSERS[name]
  const isField = (mark: string): boolean => mark.startsWith("field: ")
  return {
    tree,
    browser,
    passphrase,
    fieldWords: (of) => marks.latin(`field: ${of}`),
    sayNaively: async (hands, when) => {
      await useNaively(hands, naiveSite, (sink) => naive(`${sink}; ${when}`), file, stored)
    },
    fieldTraces: () =>
      look()
        .filter(([mark]) => isField(mark))
        .flatMap(([mark, places]) => [...places].map((place) => `${mark}: ${place}`)),
    sinksMissed: () => {
      // Asked again and again: what was found stays found.
      for (const [mark] of look()) caught.add(mark)
      return marks
        .names()
        .filter((mark) => !isField(mark) && !caught.has(mark))
        .filter((mark) => !without.some((sink) => mark.split(";")[0] === `naive: ${sink}`))
    },
    naiveTraces: () => new Map(look().filter(([mark]) => !isField(mark))),
    searchRaw: (image) => {
      const found = [...searchImage(image, marks.needles())]
      return { field: found.filter(isField), naive: found.filter((mark) => !isField(mark)) }
    },
  }
}
