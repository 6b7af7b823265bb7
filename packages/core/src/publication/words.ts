import type { Claim } from "./claim.ts"
import type { Language, LocalText, Place } from "./field.ts"
import type { ActionPublication } from "./publication.ts"

type Words<Key extends string> = { readonly [key in Key]: LocalText }

/** What is counted. */
export const measures: Words<Claim["measure"]> = {
  killed: { fa: "کشته", en: "killed" },
  injured: { fa: "زخمی", en: "injured" },
  "killed-or-injured": { fa: "کشته یا زخمی", en: "killed or injured" },
  arrested: { fa: "بازداشت‌شده", en: "arrested" },
  disappeared: { fa: "ناپدیدشده", en: "disappeared" },
  shutdown: { fa: "قطع اینترنت", en: "internet shutdown" },
}

/** Who is counted. */
export const groups: Words<Claim["group"]> = {
  protester: { fa: "معترضان", en: "protesters" },
  bystander: { fa: "رهگذران", en: "bystanders" },
  child: { fa: "کودکان", en: "children" },
  "state-force": { fa: "نیروهای حکومتی", en: "state forces" },
  unknown: { fa: "نامشخص", en: "not known who" },
  none: { fa: "—", en: "—" },
}

/** Who says so: one of them, and several. */
export const claimantKinds: {
  readonly [key in Claim["claimant"]["kind"]]: { readonly [l in Language]: { one: string; many: string } }
} = {
  official: { fa: { one: "مقام رسمی", many: "مقام‌های رسمی" }, en: { one: "official", many: "officials" } },
  media: { fa: { one: "رسانه", many: "رسانه‌ها" }, en: { one: "news media", many: "news media" } },
  social: {
    fa: { one: "شبکه‌های اجتماعی", many: "شبکه‌های اجتماعی" },
    en: { one: "social media", many: "social media" },
  },
  "political-org": {
    fa: { one: "سازمان سیاسی", many: "سازمان‌های سیاسی" },
    en: { one: "political organisation", many: "political organisations" },
  },
  witness: { fa: { one: "شاهد", many: "شاهدان" }, en: { one: "witness", many: "witnesses" } },
  ngo: {
    fa: { one: "نهاد حقوق بشری", many: "نهادهای حقوق بشری" },
    en: { one: "rights group", many: "rights groups" },
  },
}

/** Peaceful public actions. */
export const actionKinds: Words<ActionPublication["kind"]> = {
  poster: { fa: "پوستر", en: "Poster" },
  banner: { fa: "پارچه‌نوشته", en: "Banner" },
  slogan: { fa: "شعارنویسی", en: "Written slogan" },
  leaflet: { fa: "تراکت", en: "Leaflet" },
  chant: { fa: "شعار شبانه", en: "Chanting" },
  vigil: { fa: "مراسم یادبود", en: "Vigil" },
  projection: { fa: "نورتابانی", en: "Light projection" },
  strike: { fa: "اعتصاب", en: "Strike" },
  boycott: { fa: "تحریم", en: "Boycott" },
  "online-storm": { fa: "توفان توییتری", en: "Online campaign" },
  statement: { fa: "بیانیه", en: "Statement" },
}

/** Reliability of a source, in plain words for the Admiralty letters. */
export const reliabilities: Words<Claim["grade"]["reliability"]> = {
  A: { fa: "منبع کاملاً قابل‌اعتماد", en: "completely reliable source" },
  B: { fa: "منبع معمولاً قابل‌اعتماد", en: "usually reliable source" },
  C: { fa: "منبع تا حدی قابل‌اعتماد", en: "fairly reliable source" },
  D: { fa: "منبع کم‌اعتبار", en: "not usually reliable source" },
  E: { fa: "منبع بی‌اعتبار", en: "unreliable source" },
  F: { fa: "اعتبار منبع را نمی‌توان سنجید", en: "source cannot be judged" },
}

/** Credibility of the information, in plain words for the Admiralty numbers. */
export const credibilities: { readonly [key in Claim["grade"]["credibility"]]: LocalText } = {
  1: { fa: "منابع مستقل دیگر هم تأیید کرده‌اند", en: "confirmed by other independent sources" },
  2: { fa: "به احتمال زیاد درست", en: "probably true" },
  3: { fa: "شاید درست", en: "possibly true" },
  4: { fa: "تردیدآمیز", en: "doubtful" },
  5: { fa: "بعید", en: "improbable" },
  6: { fa: "درستی آن را نمی‌توان سنجید", en: "truth cannot be judged" },
}

/** How closely a place is known. */
export const precisions: Words<Place["precision"]> = {
  point: { fa: "محل دقیق دانسته است", en: "exact spot known" },
  town: { fa: "در حد شهر یا آبادی", en: "accurate to the town" },
  county: { fa: "در حد شهرستان", en: "accurate to the county" },
  province: { fa: "در حد استان", en: "accurate to the province" },
  country: { fa: "در حد کشور", en: "accurate to the country" },
}

interface Phrases {
  readonly semicolon: string
  readonly about: (words: string) => string
  readonly atLeast: (number: string) => string
  readonly fromTo: (low: string, high: string) => string
  readonly fromDayTo: (from: string, to: string) => string
  readonly asOf: (words: string, date: string) => string
  readonly andMore: (names: string, count: string) => string
}

/** The joints between numbers, names and dates. */
export const phrases: { readonly [language in Language]: Phrases } = {
  fa: {
    semicolon: "؛ ",
    about: (words) => `حدود ${words}`,
    atLeast: (number) => `دست‌کم ${number}`,
    fromTo: (low, high) => `از ${low} تا ${high}`,
    fromDayTo: (from, to) => `از ${from} تا ${to}`,
    asOf: (words, date) => `${words}، تا ${date}`,
    andMore: (names, count) => `${names} و ${count} منبع دیگر`,
  },
  en: {
    semicolon: "; ",
    about: (words) => `about ${words}`,
    atLeast: (number) => `at least ${number}`,
    fromTo: (low, high) => `${low} to ${high}`,
    fromDayTo: (from, to) => `${from} to ${to}`,
    asOf: (words, date) => `${words}, as of ${date}`,
    andMore: (names, count) => `${names} and ${count} more`,
  },
}
