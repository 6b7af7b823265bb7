// Letters that people write for one another: other languages' forms, other keyboards' codes, and letters of one sound.
const LETTERS: Readonly<Record<string, string>> = {
  آ: "ا",
  أ: "ا",
  إ: "ا",
  ٱ: "ا",
  ي: "ی",
  ى: "ی",
  ئ: "ی",
  ێ: "ی",
  ې: "ی",
  ے: "ی",
  ك: "ک",
  ؤ: "و",
  ۆ: "و",
  ۊ: "و",
  ۏ: "و",
  ة: "ه",
  ۀ: "ه",
  ە: "ه",
  ھ: "ه",
  ہ: "ه",
  ح: "ه",
  ڕ: "ر",
  ڑ: "ر",
  ڵ: "ل",
  ط: "ت",
  ٹ: "ت",
  ص: "س",
  ث: "س",
  ذ: "ز",
  ض: "ز",
  ظ: "ز",
  غ: "ق",
  ع: "",
  ء: "",
  ڈ: "د",
  ڤ: "و",
  ـ: "",
  ş: "sh",
  ç: "ch",
  ğ: "q",
  ə: "a",
  ı: "i",
  ø: "o",
  ß: "ss",
  æ: "a",
  ð: "d",
  þ: "th",
  ł: "l",
}

// Nothing is left to be taken apart or away in a word of these.
const PLAIN = /^[a-z0-9ابپتجچدرزژسشفقکگلمنوهی]*$/

/**
 * A name as it is compared: without spaces, joiners, accents and vowel signs, and with letters of one sound made one.
 * Two spellings of a name that a person would take for the same give the same; so may some names that are not.
 */
export function fold(name: string): string {
  return words(name).join("")
}

/** The folded words of a name. */
export function words(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[\s_,،.()/\-–—]+/)
    .map(foldWord)
    .filter((word) => word !== "")
}

function foldWord(word: string): string {
  let text = ""
  for (const letter of word) text += LETTERS[letter] ?? letter
  return oneSpelling(PLAIN.test(text) ? text : stripped(text))
}

/** Accents, vowel signs, joiners and apostrophes taken away, digits made Latin. */
function stripped(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[^\p{L}\p{N}]/gu, "")
}

/**
 * One of the many ways in which a name is written in Latin letters: Ghazvin, Qazvin; Bojnourd, Bojnurd, Bojnoord. No step
 * looks at what comes after a letter, so that what is typed so far folds to the beginning of the folded name.
 */
function oneSpelling(text: string): string {
  let [made, before] = ["", ""]
  for (const letter of text) {
    const last = made.at(-1)
    if (letter === "h" && last === "g") made = `${made.slice(0, -1)}q`
    else if ((letter === "v" || letter === "w") && made.endsWith("kh")) made += ""
    else if ((letter === "u" || letter === "w") && before === "o") made += ""
    else {
      const one = LATIN[letter] ?? letter
      if (one !== last || !/[a-z]/.test(one)) made += one
    }
    before = letter
  }
  return made
}

const LATIN: Readonly<Record<string, string>> = { e: "i", o: "u", w: "v", x: "kh", y: "i" }
