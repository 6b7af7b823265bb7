/** The languages that the page can speak, named in themselves, in the order in which they are offered. */
export const LANGUAGES = {
  fa: { name: "فارسی", direction: "rtl" },
  en: { name: "English", direction: "ltr" },
  ar: { name: "العربية", direction: "rtl" },
  ckb: { name: "کوردیی ناوەندی", direction: "rtl" },
  kmr: { name: "Kurmancî", direction: "ltr" },
  bal: { name: "بلۏچی", direction: "rtl" },
} as const

/** ISO 639 codes. */
export type Language = keyof typeof LANGUAGES

/** What was read from somewhere, as a language; Persian where it is none. */
export function languageOf(code: string): Language {
  return Object.hasOwn(LANGUAGES, code) ? (code as Language) : "fa"
}
