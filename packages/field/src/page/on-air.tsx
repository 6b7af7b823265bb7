import type { JSX } from "preact"
import type { State } from "./state.ts"

/** On every page but the report's own: that its camera or microphone is on, the way back to it, and its end. */
export function OnAir({ state }: { readonly state: State }): JSX.Element | null {
  const { recording, media, shell } = state.words.value
  const { onAir, isRecording, go } = state.shell
  const device = onAir.value
  if (device === null) return null
  const { kind, stop } = device
  const isLive = isRecording.value && kind !== "photo"
  return (
    <section class="on-air">
      <p class="live">
        <output>
          <strong>{isLive ? recording.live[kind] : shell.home.on[kind]}</strong>
        </output>
      </p>
      <div class="row">
        <button type="button" class="main" onClick={() => go("report")}>
          {shell.home.toIt}
        </button>
        <button type="button" class="second" onClick={stop}>
          {isLive ? recording.stop : media.close}
        </button>
      </div>
      {isLive && <p class="note">{recording.sealedAsItGoes}</p>}
    </section>
  )
}
