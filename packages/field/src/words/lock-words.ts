/** What stands on the screens of the lock. */
export interface LockWords {
  readonly first: {
    readonly heading: string
    readonly what: string
    readonly care: string
    readonly another: string
    readonly learnt: string
    readonly typeHeading: string
    readonly label: string
    readonly set: string
    readonly again: string
  }
  readonly unlock: {
    readonly heading: string
    readonly label: string
    readonly open: string
    readonly working: string
  }
  readonly damaged: {
    readonly heading: string
    readonly what: string
    readonly wipe: string
  }
}
