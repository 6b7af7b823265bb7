/** What the frame around the pages says: home, the top of the page, settings, and what stands there while nobody looks. */
export interface ShellWords {
  readonly top: {
    readonly label: string
    readonly lock: string
    readonly more: string
    readonly back: string
    /** The name of the mark, for who hears the page. */
    readonly mark: string
    /** Said where the mark was pressed and let go too early. */
    readonly markHint: string
  }
  /** The whole of what stands there while the page is left: it names nothing. */
  readonly blank: { readonly show: string }
  readonly home: {
    readonly heading: string
    readonly start: Readonly<Record<"photo" | "video" | "sound" | "words", string>>
    /** The camera or the microphone is on for a report that is not looked at, and nothing is recorded yet. */
    readonly on: Readonly<Record<"photo" | "video" | "sound", string>>
    /** Leads back to it. */
    readonly toIt: string
    readonly begun: string
    readonly goOn: string
    readonly drop: string
    readonly dropSure: string
    readonly dropYes: string
    readonly dropNo: string
  }
  readonly more: {
    readonly heading: string
    readonly language: string
    readonly cover: {
      readonly heading: string
      readonly what: string
      readonly name: string
      readonly choices: Readonly<Record<"none" | "notes" | "calculator" | "calendar", string>>
      /** How to get in: by hand, and without holding anything. */
      readonly ways: Readonly<Record<"notes" | "calculator" | "calendar", readonly string[]>>
      readonly install: string
      readonly limits: string
      readonly look: string
      readonly notKept: string
    }
    readonly wipe: {
      readonly heading: string
      readonly texts: readonly string[]
      readonly ask: string
      readonly no: string
      readonly sure: string
      readonly yes: string
    }
    readonly autoLock: {
      readonly heading: string
      readonly what: string
      readonly after: (minutes: string) => string
    }
    readonly stays: {
      readonly heading: string
      readonly texts: readonly string[]
    }
    readonly about: {
      readonly heading: string
      readonly texts: readonly string[]
    }
  }
}
