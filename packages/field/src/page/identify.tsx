import type { JSX } from "preact"
import type { Words } from "../words/index.ts"
import type { Recorded, ReportMedium } from "./report-media.ts"

/** What could identify the sender, said before anything is sealed; only what applies. */
export function Identify(props: {
  readonly words: Words
  readonly media: readonly ReportMedium[]
  readonly recorded: Recorded | null
}): JSX.Element {
  const { media, recorded } = props
  const { identify } = props.words
  const hasPicture = recorded?.kind === "video" || media.some(({ kind }) => kind !== "sound")
  const hasSound = recorded?.hasSound === true || media.some(({ kind }) => kind !== "photo")
  const isFromPhone = media.some((one) => one.isFromPhone)
  const isFromHere = recorded !== null || media.some((one) => !one.isFromPhone)
  return (
    <section class="identify" aria-labelledby="identify">
      <h2 id="identify">{identify.heading}</h2>
      <ul>
        <li>{identify.words}</li>
        {hasPicture && <li>{identify.picture}</li>}
        {hasPicture && <li>{identify.vantage}</li>}
        {hasSound && <li>{identify.sound}</li>}
        {isFromPhone && <li>{identify.metadata}</li>}
        {isFromPhone && <li>{identify.gallery}</li>}
      </ul>
      <p>
        {isFromHere && <>{identify.bare} </>}
        {isFromPhone && <>{identify.name} </>}
        {identify.sees} {identify.not}
      </p>
    </section>
  )
}
