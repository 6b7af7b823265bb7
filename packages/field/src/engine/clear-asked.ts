/** What is to be written in the clear; null removes the file. */
export interface ClearAsked {
  readonly name: string
  readonly text: string | null
}

export interface ClearSaid {
  readonly done: boolean
}
