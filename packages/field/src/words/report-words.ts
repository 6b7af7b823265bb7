/** What the report page says. */
export interface ReportWords {
  readonly media: {
    readonly heading: string
    readonly skip: string
    readonly photo: string
    readonly video: string
    readonly sound: string
    readonly choose: string
    readonly inPage: string
    readonly chooseNote: string
    /** No more can be added. */
    readonly full: (most: string) => string
    readonly notMedia: (count: string) => string
    readonly kinds: Readonly<Record<"photo" | "video" | "sound", string>>
    readonly item: (kind: string, size: string) => string
    readonly remove: string
    readonly removeSure: string
    readonly removeNo: string
    readonly shoot: string
    readonly taken: (count: string) => string
    readonly close: string
    readonly another: string
  }
  readonly recording: {
    readonly video: string
    readonly sound: string
    readonly withSound: string
    readonly start: Readonly<Record<"video" | "sound", string>>
    readonly draft: string
    readonly live: Readonly<Record<"video" | "sound", string>>
    readonly soFar: (time: string, size: string) => string
    readonly sealedAsItGoes: string
    readonly stop: string
    readonly dim: string
    readonly undim: string
    readonly behind: string
    readonly paused: string
    readonly done: (kind: string, time: string, size: string) => string
    readonly doneNote: string
    readonly discard: string
    readonly discardSure: string
    /** The recording broke off. What was sealed until then is kept. */
    readonly broken: string
    readonly brokenFull: string
    /** Nothing at all was recorded. */
    readonly nothing: string
    readonly cut: (count: number, counted: string) => string
  }
  /** Why camera or microphone is not there, and what can be done. */
  readonly device: Readonly<Record<"refused" | "none" | "busy" | "insecure" | "cannot" | "silent", string>>
  readonly day: {
    readonly day: string
    readonly month: string
    readonly year: string
    readonly calendar: string
    readonly calendars: Readonly<Record<"persian" | "gregory", string>>
  }
  readonly when: {
    readonly heading: string
    readonly choices: Readonly<Record<"unsaid" | "today" | "yesterday" | "other" | "days", string>>
    readonly from: string
    readonly to: string
    readonly about: string
    readonly skip: string
  }
  readonly basis: {
    readonly heading: string
    readonly choices: Readonly<Record<"saw" | "told" | "circulating", string>>
    readonly skip: string
  }
  readonly claims: {
    readonly heading: string
    readonly skip: string
    readonly none: string
    readonly some: (count: number, counted: string) => string
    readonly line: (number: string) => string
    readonly measure: string
    readonly measures: Readonly<
      Record<"killed" | "injured" | "killed-or-injured" | "arrested" | "disappeared" | "shutdown", string>
    >
    readonly bound: string
    readonly bounds: Readonly<Record<"exactly" | "at-least" | "about" | "none", string>>
    readonly number: string
    readonly group: string
    readonly groups: Readonly<
      Record<"unknown" | "protester" | "bystander" | "child" | "state-force" | "none", string>
    >
    readonly add: string
    readonly more: string
    readonly remove: string
  }
  readonly action: {
    readonly heading: string
    readonly skip: string
    readonly none: string
    readonly kind: string
    readonly kinds: Readonly<
      Record<
        | "poster"
        | "banner"
        | "slogan"
        | "leaflet"
        | "chant"
        | "vigil"
        | "projection"
        | "strike"
        | "boycott"
        | "online-storm"
        | "statement",
        string
      >
    >
    readonly call: string
    readonly noCall: string
    readonly noCalls: string
  }
  readonly consent: {
    readonly heading: string
    readonly choices: Readonly<Record<"nothing" | "words" | "all", string>>
    readonly from: string
    readonly fromChoices: Readonly<Record<"any" | "day", string>>
    readonly note: string
  }
  readonly identify: {
    readonly heading: string
    readonly words: string
    readonly picture: string
    readonly vantage: string
    readonly sound: string
    readonly metadata: string
    readonly bare: string
    readonly name: string
    readonly gallery: string
    readonly sees: string
    readonly not: string
  }
  readonly keep: {
    readonly button: string
    readonly buttonLive: string
    readonly working: string
    readonly progress: (done: string, total: string) => string
    readonly stop: string
    readonly done: string
    readonly another: string
  }
}
