import type { PartialWords } from "./partial.ts"

/** Short words that are shown often. What is not here is not translated yet: Persian stands in. See docs/translating.md. */
export const ckb: PartialWords = {
  language: "ckb",
  direction: "rtl",
  // The days as in Iran; its own numerals, which every browser has, unlike its names of months.
  locale: "fa-IR-u-nu-arab",
  calendar: "persian",
  opening: "دەکرێتەوە…",
  unsaid: "نەوتراوە",
  shell: {
    top: { more: "زیاتر", back: "گەڕانەوە" },
    home: { start: { photo: "وێنە", video: "ڤیدیۆ", sound: "دەنگ", words: "نووسین" }, dropNo: "نا" },
    more: { heading: "زیاتر", language: "زمان" },
  },
  join: { label: "بانگهێشت", no: "نا" },
  record: { heading: "چی ڕوویدا؟", wordsLabel: "بە زمانی خۆت" },
  place: {
    heading: "لە کوێ؟",
    name: "شار، گەڕەک یان ڕێگا",
    province: "پارێزگا",
    said: "{0}[، {1}]؛ {2}",
  },
  when: {
    heading: "کەی؟",
    choices: { unsaid: "نەوتراوە", today: "ئەمڕۆ", yesterday: "دوێنێ", other: "ڕۆژێکی تر" },
  },
  day: { day: "ڕۆژ", month: "مانگ", year: "ساڵ" },
  basis: { heading: "چۆن دەزانیت؟", choices: { saw: "خۆم بینیم" } },
  news: { comma: "، " },
}
