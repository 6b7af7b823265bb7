/** What is said of the queue that sends by itself. */
export interface QueueWords {
  readonly state: Readonly<Record<QueueStanding, string>>
  /** What a person need and must not do while it is so. */
  readonly advice: Readonly<Record<QueueStanding, string>>
  readonly pause: string
  readonly resume: string
  /** In how many places each piece is to lie. */
  readonly copies: (copies: string) => string
  /** The browser does not promise to keep what waits. */
  readonly mayBeCleared: string
  /** Room is short, and reports wait; or none waits. */
  readonly roomShort: string
  readonly roomShortEmpty: string
}

type QueueStanding = "sent" | "sending" | "elsewhere" | "waiting" | "paused"
