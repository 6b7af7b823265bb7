/** What is said of pictures that one screen shows and another one's camera reads. */
export interface QrWords {
  readonly show: string
  readonly readOther: string
  readonly readInvitation: string
  readonly shows: (reports: string, pieces: string, seconds: string) => string
  /** Of reports that are not among those shown. */
  readonly left: (reports: string) => string
  readonly tooLarge: string
  readonly flickers: string
  readonly picture: string
  readonly speeds: Readonly<Record<"slow" | "fast", string>>
  readonly start: string
  readonly stop: string
  readonly close: string
  readonly aim: string
  /** Name of the camera's picture. */
  readonly seen: string
  /** Name of the line that fills. */
  readonly piece: string
  readonly nothingYet: string
  readonly read: (have: string, need: string) => string
  readonly noCamera: string
  /** Sealed pieces that were read from another screen, and are in memory alone. */
  readonly collected: (pieces: string) => string
  readonly saveCollected: string
  readonly savedCollected: string
  readonly failed: string
}
