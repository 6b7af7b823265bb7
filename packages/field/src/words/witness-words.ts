/** What stands on the screens of an anonymous witness: somebody with a group's public card, and no invitation. */
export interface WitnessWords {
  /** On the first screen, beside the invitation. */
  readonly noInvitation: string
  readonly card: {
    readonly heading: string
    readonly from: string
    readonly compare: string
    readonly numbers: string
    readonly meansHeading: string
    readonly means: readonly string[]
    readonly isNew: string
    readonly isBack: string
    readonly once: string
    readonly onceNote: string
    readonly no: string
  }
  readonly fresh: {
    readonly heading: string
    readonly what: string
    readonly care: readonly string[]
    readonly another: string
    readonly noted: string
  }
  readonly proof: {
    readonly heading: string
    readonly what: string
    readonly label: (place: string) => string
    readonly done: string
    readonly again: string
    readonly wrong: string
  }
  readonly back: {
    readonly heading: string
    readonly what: string
    readonly label: string
    readonly go: string
    readonly cancel: string
    readonly wrongCount: string
    readonly unknownWord: (places: string) => string
    readonly comma: string
  }
  readonly standing: {
    readonly heading: string
    readonly arrived: (count: string) => string
    readonly nothing: string
    readonly nothingMay: string
    readonly gone: string
    readonly look: string
    readonly looking: string
    readonly unasked: string
  }
  readonly forget: {
    readonly heading: string
    readonly what: string
    readonly button: string
    readonly sure: string
    readonly yes: string
    readonly no: string
  }
}
