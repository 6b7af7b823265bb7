// Consonants in classes: what a transliteration keeps of a name, whatever its vowels became.
const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/sh|ch|j|zh|ژ|ج|چ|ش|ج/g, "j"],
  [/kh|gh|q|k|g|x|خ|غ|ق|ک|ك|گ|c/g, "k"],
  [/th|t|d|ت|ط|د|ث|ذ|ض/g, "t"],
  [/s|z|س|ص|ز|ظ|ث/g, "s"],
  [/b|p|f|v|w|ب|پ|ف|و|ڤ/g, "b"],
  [/r|l|ر|ل/g, "r"],
  [/m|n|م|ن/g, "n"],
]

/**
 * Whether a name in Arabic letters can be the Latin one: their consonants, in classes, differ in less than half.
 * Among the names are some of other places, such as Saveh's for Arak.
 */
export function soundsAlike(latin: string, arabic: string): boolean {
  const [a, b] = [bones(latin), bones(arabic.replace(/^ال/, ""))]
  return distance(a, b) * 2 <= Math.max(a.length, b.length)
}

function bones(name: string): string {
  let text = name.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  for (const [from, to] of CLASSES) text = text.replace(from, to.toUpperCase())
  return text.replace(/[^A-Z]/g, "").replace(/(.)\1/g, "$1")
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
