/** The languages that passphrases are proposed in. */
export type PassphraseLanguage = "fa" | "en"

/** The words of one language. They are loaded when they are asked for: few pages of the field ever need them. */
export async function passphraseWords(language: PassphraseLanguage): Promise<readonly string[]> {
  if (language === "fa") return (await import("./persian.ts")).PERSIAN
  return (await import("./english.ts")).ENGLISH
}
