import type { FaceKind } from "../outbox/index.ts"

/** What stands on the screens of the lock. */
export interface LockWords {
  readonly first: {
    readonly heading: string
    readonly what: string
    /** How four words are remembered. */
    readonly hint: string
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
  readonly secret: {
    readonly show: string
    /** In a browser without WebAssembly. */
    readonly slow: string
  }
  readonly change: {
    readonly heading: string
    readonly what: string
    readonly begin: string
    readonly current: string
    readonly take: string
    readonly done: string
  }
  readonly duress: {
    readonly heading: string
    readonly texts: readonly string[]
    readonly begin: string
    readonly remove: string
    readonly removeNow: string
    readonly current: string
    readonly take: string
    readonly done: string
  }
  readonly faces: {
    readonly heading: string
    readonly what: string
    readonly choices: { readonly on: string; readonly off: string }
    readonly kind: Readonly<Record<FaceKind, string>>
  }
  readonly damaged: {
    readonly heading: string
    readonly what: string
    readonly wipe: string
  }
}
