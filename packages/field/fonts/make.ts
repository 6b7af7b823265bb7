// Makes the fonts that the page carries: `node packages/field/fonts/make.ts`. The same bytes every time: make.test.ts.
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import subsetFont from "subset-font"

/** Names as they are in the package, and here. */
export const WEIGHTS = { Regular: "vazirmatn-regular.woff2", Bold: "vazirmatn-bold.woff2" } as const

/**
 * Everything that Persian, Arabic, Sorani and Balochi are written with. A word must be of one font, or its letters do not
 * join: what is not here, a system's font shows whole.
 */
const LETTERS = [
  "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
  "إةىيك",
  "ڕڵێۆەھڤ",
  "ٹڈڑےۏ",
  // Vowel signs; hamza above; the superscript alef.
  "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0670",
  "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩",
  "،؛؟٪٫٬ـ«»…–—",
  " .,:!()[]/+*'\"%-",
  // Joiner and non-joiner.
  "\u200c\u200d",
].join("")

/** What joins and places letters. Without the rest (other shapes of digits and Latin) the file is a third lighter. */
const FEATURES = ["init", "medi", "fina", "isol", "rlig", "liga", "ccmp", "mark", "mkmk", "kern"]

/** Copyright and the address of the licence stay inside the font, as its licence asks. */
const LICENCE_NAMES = [0, 14]

export async function makeFont(weight: keyof typeof WEIGHTS): Promise<Buffer> {
  const source = createRequire(import.meta.url).resolve(`vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`)
  return await subsetFont(readFileSync(source), LETTERS, {
    targetFormat: "woff2",
    noHinting: true,
    keepFeatures: FEATURES,
    preserveNameIds: LICENCE_NAMES,
  })
}

if (import.meta.main) {
  for (const [weight, file] of Object.entries(WEIGHTS) as [keyof typeof WEIGHTS, string][]) {
    writeFileSync(fileURLToPath(new URL(file, import.meta.url)), await makeFont(weight))
  }
}
