import type { JSX } from "preact"
import { Choice } from "./entry.tsx"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** Whether what waits is shown with its picture, hour and place. */
export function FacesSetting({ state }: { readonly state: State }): JSX.Element {
  const { faces } = state.words.value.lock
  const isOn = state.standing.value?.faces ?? true
  return (
    <Setting heading={faces.heading}>
      <fieldset aria-label={faces.heading}>
        <p>{faces.what}</p>
        <Choice
          name="faces"
          choices={faces.choices}
          chosen={isOn ? "on" : "off"}
          onChoose={(value) => void state.setFaces(value === "on")}
        />
      </fieldset>
    </Setting>
  )
}
